/** JWTs that FaunaDB takes and does not take, good and bad for one reason each. */
import { constants, createPublicKey, generateKeyPairSync, publicEncrypt, sign } from 'node:crypto';
import { ISSUER, JWKS, makeProviders } from './jwt-providers.ts';
import type { Served } from './served.ts';
import { base64url, hmac, json, jwkOf, jwt, rsa, rsaKey, type SigningKey } from './tokens.ts';

const [good, second, stranger] = [rsaKey('good'), rsaKey('second'), rsaKey('good')];
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const header = { alg: 'RS256', typ: 'JWT', kid: 'good' };
/** Seconds. */
export const now = Math.floor(Date.now() / 1000);

let audience: string;
let otherAudience: string;
let childAudience: string;
let deletedAudience: string;
export let claims: Record<string, unknown>;

/** Makes the databases and providers; before that no token can be made. */
export async function makeIssuers(fauna: Served): Promise<void> {
  const keys = { good, second, elliptic: elliptic.publicKey };
  ({ audience, otherAudience, childAudience, deletedAudience } = await makeProviders(fauna, keys));
  claims = { iss: ISSUER, aud: audience, sub: 'ann', iat: now, exp: now + 3600 };
}

export const signed = (change: object = {}, head: object = header, key: SigningKey = good) =>
  jwt(head, { ...claims, ...change }, rsa(key));
export const without = (...names: string[]) =>
  jwt(header, Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name))), rsa(good));
const publicPem = () => createPublicKey(good.privateKey).export({ type: 'spki', format: 'pem' });
const rootAudience = 'https://db.fauna.com/db/yyyyyyyyyyyyy';

/** Each as its whole Authorization header's value; made when the keys and databases are there. */
export const accepted: Readonly<Record<string, () => string>> = {
  'a token as it should be': () => signed(),
  RS384: () => jwt({ ...header, alg: 'RS384' }, claims, rsa(good, 'RSA-SHA384')),
  RS512: () => jwt({ ...header, alg: 'RS512' }, claims, rsa(good, 'RSA-SHA512')),
  'no exp': () => without('exp'),
  'exp as a string, which does not count': () => signed({ exp: '1' }),
  'exp as a float, which does not count': () => signed({ exp: 1.5 }),
  'exp null': () => signed({ exp: null }),
  'nbf a second ago': () => signed({ nbf: now - 1 }),
  'nbf as a string, which does not count': () => signed({ nbf: String(now + 1000) }),
  'iat in the future': () => signed({ iat: now + 1000 }),
  'no iat and no sub': () => without('iat', 'sub'),
  'aud as a list of one': () => signed({ aud: [audience] }),
  'a second audience of someone else': () => signed({ aud: ['https://api.example', audience] }),
  'an audience in capitals, as its letters have no case': () =>
    signed({ aud: audience.slice(0, 24) + audience.slice(24).toUpperCase() }),
  'no kid, where there is one key': () => signed({ iss: `${ISSUER}/one-key` }, { alg: 'RS256' }),
  'a kid that is no string, where there is one key': () => signed({}, { ...header, kid: 7 }),
  'no kid, where one of two keys has none': () => signed({ iss: `${ISSUER}/nameless` }, { alg: 'RS256' }),
  'no kid, where the other key is no RSA key': () => signed({ iss: `${ISSUER}/ec-and-rsa` }, { alg: 'RS256' }),
  'the second of two keys': () => signed({ iss: `${ISSUER}/two-keys` }),
  'a provider that publishes its private key': () => signed({ iss: `${ISSUER}/private` }),
  'use, alg and exp of the key say otherwise': () => signed({ iss: `${ISSUER}/odd-use` }),
  'a predicate that the claims satisfy': () => signed({ iss: `${ISSUER}/verified`, verified: true }),
  'crit, which is not looked at': () => signed({}, { ...header, crit: ['exp'] }),
  'jku, jwk, x5u and x5c beside the right signature': () =>
    signed({}, { ...header, jku: 'https://evil.example', jwk: jwkOf(stranger), x5u: 'x', x5c: ['x'] }),
  'another typ': () => signed({}, { ...header, typ: 'at+jwt' }),
  'kid null, where there is one key': () => signed({}, { ...header, kid: null }),
  'a sub that is no string': () => signed({ sub: 7 }),
  'no typ': () => signed({}, { alg: 'RS256', kid: 'good' }),
  'the first of two equal claims': () =>
    jwt(header, `{"sub":"ann","sub":"bob",${JSON.stringify(claims).slice(1)}`, rsa(good)),
  'dots after the signature': () => `${signed()}..`,
  'padding that fits': () => pad(signed()),
  'a large payload': () => signed({ filler: 'x'.repeat(40_000) }),
};

/** With the padding its parts would have. */
const pad = (token: string): string => {
  const [head, payload, signature = ''] = token.split('.');
  return `${head}.${payload}.${signature}${'='.repeat((4 - (signature.length % 4)) % 4)}`;
};

export const refused: Readonly<Record<string, () => string>> = {
  'alg none with a signature': () => jwt({ ...header, alg: 'none' }, claims, rsa(good)),
  'alg none without one': () => `${json({ alg: 'none' })}.${json(claims)}.`,
  'alg None, nOnE and empty': () => jwt({ ...header, alg: 'nOnE' }, claims, () => ''),
  'no alg': () => jwt({ kid: 'good' }, claims, rsa(good)),
  'alg as a list': () => jwt({ ...header, alg: ['RS256'] }, claims, rsa(good)),
  'alg in small letters': () => signed({}, { ...header, alg: 'rs256' }),
  'alg of the prototype': () => signed({}, { ...header, alg: 'constructor' }),
  'HS256 with the public key as the secret': () => jwt({ ...header, alg: 'HS256' }, claims, hmac(publicPem())),
  'HS256 with the modulus as the secret': () =>
    jwt({ ...header, alg: 'HS256' }, claims, hmac(Buffer.from(String(jwkOf(good).n), 'base64url'))),
  'HS256 with an empty secret': () => jwt({ ...header, alg: 'HS256' }, claims, hmac('')),
  'HS384 and HS512': () => jwt({ ...header, alg: 'HS512' }, claims, hmac(publicPem())),
  'ES256 with a key of the provider': () =>
    jwt({ alg: 'ES256', kid: 'ec' }, { ...claims, iss: `${ISSUER}/ec-and-rsa` }, (text) =>
      sign('SHA256', Buffer.from(text), { key: elliptic.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
    ),
  'RS256 that says it is ES256': () => signed({}, { ...header, alg: 'ES256' }),
  PS256: () => jwt({ ...header, alg: 'PS256' }, claims, rsa(good, 'RSA-SHA256', true)),
  'a PSS signature that says it is RS256': () => jwt(header, claims, rsa(good, 'RSA-SHA256', true)),
  'RS512 signed as RS256': () => jwt({ ...header, alg: 'RS512' }, claims, rsa(good)),
  RS1: () => jwt({ ...header, alg: 'RS1' }, claims, rsa(good, 'RSA-SHA1')),
  "someone else's key with the right kid": () => signed({}, header, stranger),
  'a kid nobody has': () => signed({}, { ...header, kid: 'nobody' }),
  'kid null, where there are two named keys': () => signed({ iss: `${ISSUER}/two-keys` }, { ...header, kid: null }),
  'a kid in capitals': () => signed({}, { ...header, kid: 'GOOD' }),
  'a kid that is a path': () => signed({}, { ...header, kid: '../../../../dev/null' }),
  'an empty kid': () => signed({}, { ...header, kid: '' }),
  'no kid, where there are two named keys': () => signed({ iss: `${ISSUER}/two-keys` }, { alg: 'RS256' }),
  'a duplicate kid, of which the first counts': () =>
    jwt('{"alg":"RS256","kid":"nobody","kid":"good"}', claims, rsa(good)),
  'a duplicate alg, of which the first counts': () =>
    jwt('{"alg":"none","alg":"RS256","kid":"good"}', claims, rsa(good)),
  'jwk in the header': () => signed({}, { ...header, jwk: jwkOf(stranger) }, stranger),
  'jku in the header': () => signed({}, { ...header, jku: 'https://keys.example/one-key' }, stranger),
  'x5u and x5c in the header': () => signed({}, { ...header, x5u: JWKS, x5c: [publicPem()] }, stranger),
  'b64 false': () => jwt({ ...header, b64: false, crit: ['b64'] }, claims, () => rsa(good)(`${json(header)}.x`)),
  'the issuer with a slash': () => signed({ iss: `${ISSUER}/` }),
  'the issuer in capitals': () => signed({ iss: ISSUER.toUpperCase() }),
  'no issuer': () => without('iss'),
  'the issuer as a list': () => signed({ iss: [ISSUER] }),
  'an unknown issuer': () => signed({ iss: 'https://evil.example' }),
  "the database's own address as issuer, provider or not": () => signed({ iss: audience }),
  'a deleted provider': () => signed({ iss: `${ISSUER}/deleted` }),
  "another database's provider": () => signed({ iss: `${ISSUER}/one-key`, aud: otherAudience }),
  'a provider of the database above': () => signed({ iss: `${ISSUER}/one-key`, aud: childAudience }),
  'a provider of a database below': () => signed({ iss: `${ISSUER}/child` }),
  'a database that is deleted': () => signed({ aud: deletedAudience }),
  'the issuer with a blank behind it': () => signed({ iss: `${ISSUER} ` }),
  'a wrong audience': () => signed({ aud: 'https://api.example' }),
  'no audience': () => without('aud'),
  'aud as an object': () => signed({ aud: { 0: audience } }),
  'aud as a number': () => signed({ aud: 7 }),
  'aud as an empty list': () => signed({ aud: [] }),
  'aud as an empty string': () => signed({ aud: '' }),
  'aud null': () => signed({ aud: null }),
  'two audiences of Fauna': () => signed({ aud: [audience, otherAudience] }),
  'the same audience twice': () => signed({ aud: [audience, audience] }),
  'a number beside the audience': () => signed({ aud: [audience, 7] }),
  'a list in the audience': () => signed({ aud: [[audience]] }),
  'the audience with a slash': () => signed({ aud: `${audience}/` }),
  'the prefix alone': () => signed({ aud: 'https://db.fauna.com/db/' }),
  'the audience over http': () => signed({ aud: audience.replace('https', 'http') }),
  'an audience of foreign letters': () => signed({ aud: 'https://db.fauna.com/db/lllllllllllll' }),
  'a database that is not': () => signed({ aud: 'https://db.fauna.com/db/ybndrfg8ejkmc' }),
  'the root database': () => signed({ aud: rootAudience }),
  'expired a second ago': () => signed({ exp: now - 1 }),
  'exp zero': () => signed({ exp: 0 }),
  'exp negative': () => signed({ exp: -1 }),
  'exp beyond all time': () =>
    jwt(header, JSON.stringify({ ...claims, exp: 'X' }).replace('"X"', '9223372036854775807'), rsa(good)),
  'exp beyond 64 bits': () =>
    jwt(header, JSON.stringify({ ...claims, exp: 'X' }).replace('"X"', '99999999999999999999'), rsa(good)),
  'not yet valid': () => signed({ nbf: now + 1000 }),
  'no roles': () => signed({ iss: `${ISSUER}/no-roles` }),
  'a predicate that says false': () => signed({ iss: `${ISSUER}/false` }),
  'a predicate that says 1': () => signed({ iss: `${ISSUER}/truthy` }),
  'a predicate that fails': () => signed({ iss: `${ISSUER}/error` }),
  'a predicate that writes': () => signed({ iss: `${ISSUER}/writes` }),
  'claims that a predicate refuses': () => signed({ iss: `${ISSUER}/verified`, verified: 'true' }),
  'a JWKS that cannot be had': () => signed({ iss: `${ISSUER}/gone` }),
  'a JWKS that is a page': () => signed({ iss: `${ISSUER}/html` }),
  'a JWKS without keys': () => signed({ iss: `${ISSUER}/empty` }, { alg: 'RS256' }),
  'a JWK without an exponent': () => signed({ iss: `${ISSUER}/broken` }),
  'a changed payload': () => {
    const [head, , signature] = signed().split('.');
    return `${head}.${json({ ...claims, sub: 'bob' })}.${signature}`;
  },
  'a changed header': () => {
    const [, payload, signature] = signed().split('.');
    return `${json({ ...header, typ: 'x' })}.${payload}.${signature}`;
  },
  'the signature stripped': () => signed().split('.').slice(0, 2).join('.'),
  'the signature empty': () => `${signed().split('.').slice(0, 2).join('.')}.`,
  'the signature cut short': () => signed().slice(0, -4),
  'the signature of all zeros': () => jwt(header, claims, () => base64url(Buffer.alloc(256))),
  'a signature longer than the key': () =>
    jwt(header, claims, (text) => base64url(Buffer.concat([Buffer.from(rsa(good)(text), 'base64url'), Buffer.of(0)]))),
  'the signature twice': () => `${signed()}.${signed().split('.')[2]}`,
  'an encrypted token': () =>
    `${json({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.${publicEncrypt({ key: good.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING }, Buffer.alloc(32)).toString('base64url')}.iv.text.tag`,
  'two parts': () => `${json(header)}.${json(claims)}`,
  'an empty payload': () => `${json(header)}..${signed().split('.')[2]}`,
  'a payload that is no object': () => jwt(header, '"text"', rsa(good)),
  'a payload that is no JSON': () => jwt(header, '{', rsa(good)),
  'a header that is a list': () => jwt('["RS256"]', claims, rsa(good)),
  'a header with single quotes': () => jwt("{'alg':'RS256','kid':'good'}", claims, rsa(good)),
  'base64 of the other alphabet': () => {
    const [head, payload, signature = ''] = signed().split('.');
    return `${head}.${payload}.${signature.replaceAll('-', '+').replaceAll('_', '/')}+`;
  },
  'too much padding': () => `${signed()}====`,
  'padding in the middle': () => signed().replace('.', '=.'),
  'a line break in the signature': () => `${signed().slice(0, -10)}%0A${signed().slice(-10)}`,
  'garbage behind it': () => `${signed()}x.y`,
  'the token in quotes': () => `"${signed()}"`,
  'a huge token': () => `ey${'A'.repeat(200_000)}.e30.AA`,
  'a thousand dots': () => `ey${'.'.repeat(1000)}ey`,
  'ten thousand open brackets': () => jwt(header, `{"a":${'['.repeat(10_000)}`, rsa(good)),
};

/** The whole header's value. */
export const refusedHeaders: Readonly<Record<string, () => string>> = {
  'bearer in small letters': () => `bearer ${signed()}`,
  'BEARER in capitals': () => `BEARER ${signed()}`,
  'no scheme': () => signed(),
  'JWT as scheme': () => `JWT ${signed()}`,
  'the JWT as the name in Basic': () => `Basic ${Buffer.from(`${signed()}:`).toString('base64')}`,
  'the JWT as the password in Basic': () => `Basic ${Buffer.from(`x:${signed()}`).toString('base64')}`,
  'the JWT bare in Basic': () => `Basic ${signed()}`,
  'two tokens': () => `Bearer ${signed()} ${signed()}`,
  'two tokens with a comma': () => `Bearer ${signed()}, Bearer ${signed()}`,
  'a scope behind the token': () => `Bearer ${signed()}:admin`,
  'a role behind the token': () => `Bearer ${signed()}:@role/anyone`,
  nothing: () => 'Bearer ',
};
