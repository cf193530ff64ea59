import { generateKeyPairSync } from 'node:crypto';
import { encodePublishableKey } from '../../../src/shared/identity/publishable-key.ts';
import { answerAt, type Fault, HOUR, page, tokenIs, twist } from './faults.ts';
import type { Servers } from './servers.ts';
import { changeTemplate, template } from './template.ts';

const ownKey = (signingAlgorithm: string, signingKey: string) => (servers: Servers) =>
  changeTemplate(servers, () => ({ customSigningKey: true, signingAlgorithm, signingKey }));
const pem = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const seconds = () => Math.floor(Date.now() / 1000);
/** A token as the template would give it, but for these claims. */
const mint = (servers: Servers, changes: Record<string, unknown>) => async () => {
  const { claims } = await template(servers);
  const now = seconds();
  return servers.mint({
    ...(claims as object),
    iss: servers.issuer,
    sub: 'user_ada',
    iat: now,
    nbf: now - 5,
    exp: now + 600,
    ...changes,
  });
};
const minted = (changes: () => Record<string, unknown>) => (servers: Servers) => {
  servers.twist.clerk = tokenIs(mint(servers, changes()));
  return undefined;
};

const jwks = '/.well-known/jwks.json';
const rsaJwk = rsa.publicKey.export({ format: 'jwk' });

/** Faults of the token and of the keys it is verified with. */
export const tokenFaults: Fault[] = [
  {
    name: 'what Clerk gives is no JWT',
    link: 'token-algorithm',
    code: 'token-malformed',
    says: 'What Clerk gave is not a JWT.',
    plant: twist(
      'clerk',
      tokenIs(async () => 'eyno'),
    ),
  },
  {
    name: 'the template signs with a shared secret',
    link: 'token-algorithm',
    code: 'token-algorithm',
    says: 'The token is signed with HS256',
    plant: ownKey('HS256', 'a secret of thirty-two characters'),
  },
  {
    name: 'the template signs with an elliptic curve',
    link: 'token-algorithm',
    code: 'token-algorithm',
    says: 'The token is signed with ES256',
    plant: ownKey('ES256', pem(elliptic.privateKey)),
  },
  {
    name: 'the publishable key is of another instance',
    link: 'token-issuer',
    code: 'token-issuer',
    says: 'the publishable key stands for https://clerk.elsewhere.com',
    plant: () => ({
      env: { CLERK_PUBLISHABLE_KEY: encodePublishableKey({ kind: 'test', host: 'clerk.elsewhere.com' }) },
    }),
  },
  {
    name: 'the token’s issuer ends in a slash',
    link: 'token-issuer',
    code: 'token-issuer',
    says: 'names the issuer https://clerk.burrow.internal/;',
    plant: minted(() => ({ iss: 'https://clerk.burrow.internal/' })),
  },
  {
    name: 'the template has no audience',
    link: 'token-audience',
    code: 'token-audience',
    says: 'The token has no audience.',
    plant: (servers) => changeTemplate(servers, () => ({ claims: {} })),
  },
  {
    name: 'the audience was typed by hand',
    link: 'token-audience',
    code: 'token-audience',
    says: 'has the audience "my-database", which is no database of Fauna',
    plant: (servers) => changeTemplate(servers, () => ({ claims: { aud: 'my-database' } })),
  },
  {
    name: 'the audience names two databases',
    link: 'token-audience',
    code: 'token-audience',
    says: 'names several Fauna databases',
    plant: (servers) =>
      changeTemplate(servers, ({ aud }) => ({ claims: { aud: [aud, 'https://db.fauna.com/db/another'] } })),
  },
  {
    name: 'this computer’s clock is an hour behind',
    link: 'token-times',
    code: 'clock-behind',
    says: "This computer's clock is 60 minutes behind Clerk's.",
    plant: () => ({ now: () => Date.now() - HOUR }),
  },
  {
    name: 'this computer’s clock is an hour ahead',
    link: 'token-times',
    code: 'clock-ahead',
    says: "This computer's clock is 60 minutes ahead of Clerk's.",
    plant: () => ({ now: () => Date.now() + HOUR }),
  },
  {
    name: 'the token is old',
    link: 'token-times',
    code: 'token-expired',
    says: 'The token has expired.',
    plant: minted(() => ({ exp: seconds() - 1 })),
  },
  {
    name: 'the token is not valid yet',
    link: 'token-times',
    code: 'token-early',
    says: 'The token is not valid yet.',
    plant: minted(() => ({ nbf: seconds() + 300 })),
  },
  {
    name: 'the template’s lifetime is 30 seconds',
    link: 'token-times',
    code: 'token-short',
    says: 'The token lives for 30 seconds only.',
    plant: (servers) => changeTemplate(servers, () => ({ lifetime: 30 })),
  },
  {
    name: 'the keys are not found',
    link: 'jwks',
    code: 'jwks-status',
    says: 'the answer is 404',
    plant: twist(
      'clerk',
      answerAt(jwks, () => new Response('', { status: 404 })),
    ),
  },
  {
    name: 'the keys are behind a redirect',
    link: 'jwks',
    code: 'jwks-status',
    says: 'the answer is 301',
    plant: twist(
      'clerk',
      answerAt(jwks, () => new Response(null, { status: 301, headers: { location: '/keys' } })),
    ),
  },
  {
    name: 'a web page answers for the keys',
    link: 'jwks',
    code: 'jwks-empty',
    says: 'is no list of keys',
    plant: twist('clerk', answerAt(jwks, page)),
  },
  {
    name: 'the list of keys is empty',
    link: 'jwks',
    code: 'jwks-empty',
    says: 'is no list of keys',
    plant: twist(
      'clerk',
      answerAt(jwks, () => Response.json({ keys: [] })),
    ),
  },
  {
    name: 'Clerk has rotated its keys and the old list is served',
    link: 'signature',
    code: 'signature-unknown-key',
    says: 'which is not among the published ones',
    plant: twist(
      'clerk',
      answerAt(jwks, () => Response.json({ keys: [{ ...rsaJwk, kid: 'old' }] })),
    ),
  },
  {
    name: 'another key is published under the same name',
    link: 'signature',
    code: 'signature-wrong',
    says: 'does not fit the published key of the same name',
    plant: (servers) => {
      const { kid } = servers.clerk.jwks().keys[0] ?? {};
      servers.twist.clerk = answerAt(jwks, () => Response.json({ keys: [{ ...rsaJwk, kid }] }));
      return undefined;
    },
  },
  {
    name: 'the template signs with an RSA key of its own',
    link: 'signature',
    code: 'signature-own-key',
    says: 'none of the published keys has signed it',
    plant: ownKey('RS256', pem(rsa.privateKey)),
  },
];
