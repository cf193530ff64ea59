/** Databases with access providers of many kinds, and the JWKS they lead to. */
import type { KeyObject } from 'node:crypto';
import faunadb from 'faunadb';
import { jwks, root, type Served } from './served.ts';
import { jwkOf, type SigningKey } from './tokens.ts';

const q = faunadb.query;
export const ISSUER = 'https://issuer.example';
export const JWKS = `${ISSUER}/jwks.json`;
/** One key of that kind each, at `${ISSUER}/<name>` as issuer. */
const providers = [
  'one-key',
  'two-keys',
  'nameless',
  'ec-and-rsa',
  'private',
  'broken',
  'odd-use',
  'empty',
  'html',
  'gone',
];

/** Answers the audience of the database `app`, which there is, or of another, which is made. */
async function makeDatabase(fauna: Served, name: string, parent?: string): Promise<string> {
  const above = parent ? `${root}:${parent}:admin` : root;
  if (name !== 'app') await fauna.must(q.CreateDatabase({ name }), above);
  const admin = `${root}:${parent ? `${parent}/` : ''}${name}:admin`;
  const predicate = (body: faunadb.ExprArg) => q.Query(q.Lambda('token', body as faunadb.Expr));
  await fauna.must(q.CreateRole({ name: 'anyone', privileges: [] }), admin);
  const role = q.Role('anyone');
  const create = (provider: string, issuer: string, uri: string, roles: faunadb.ExprArg) =>
    fauna.must<{ audience: string }>(
      q.CreateAccessProvider({ name: provider, issuer, jwks_uri: uri, roles } as never),
      admin,
    );
  const { audience: result } = await create('main', name === 'child' ? `${ISSUER}/child` : ISSUER, JWKS, role);
  if (name !== 'app') return result;
  for (const kind of providers) await create(kind, `${ISSUER}/${kind}`, `https://keys.example/${kind}`, role);
  await create('no-roles', `${ISSUER}/no-roles`, JWKS, []);
  await create('false', `${ISSUER}/false`, JWKS, [{ role, predicate: predicate(false) }]);
  await create('truthy', `${ISSUER}/truthy`, JWKS, [{ role, predicate: predicate(1) }]);
  await create('error', `${ISSUER}/error`, JWKS, [{ role, predicate: predicate(q.Abort('no')) }]);
  await create('writes', `${ISSUER}/writes`, JWKS, [{ role, predicate: predicate(q.Do(q.NewId(), true)) }]);
  await create('verified', `${ISSUER}/verified`, JWKS, [
    { role, predicate: predicate(q.Select('verified', q.Var('token'), false)) },
  ]);
  await create('deleted', `${ISSUER}/deleted`, JWKS, role);
  await fauna.must(q.Delete(q.AccessProvider('deleted')), admin);
  await create('slash', `${ISSUER}/`, JWKS, role);
  await fauna.must(q.Delete(q.AccessProvider('slash')), admin);
  await create('own', result, JWKS, role);
  return result;
}

/** Answers the audiences of the database with all the providers, of another, of one below it, and of one that was. */
export async function makeProviders(
  fauna: Served,
  { good, second, elliptic }: { good: SigningKey; second: SigningKey; elliptic: KeyObject },
) {
  const { documents } = fauna.host;
  documents.set(JWKS, () => jwks(jwkOf(good)));
  const serve = (kind: string, ...keys: object[]) => documents.set(`https://keys.example/${kind}`, () => jwks(...keys));
  const { kid: _, ...nameless } = jwkOf(good);
  serve('one-key', jwkOf(good));
  serve('two-keys', jwkOf(second), jwkOf(good));
  serve('nameless', jwkOf(second), nameless);
  serve('ec-and-rsa', { ...elliptic.export({ format: 'jwk' }), kid: 'ec' }, jwkOf(good));
  serve('private', { ...good.privateKey.export({ format: 'jwk' }), kid: 'good' });
  serve('broken', { kty: 'RSA', kid: 'good', n: 'AQAB' });
  serve('odd-use', jwkOf(good, { use: 'enc', alg: 'RS512', exp: 1 }));
  serve('empty');
  documents.set('https://keys.example/html', () => new Response('<html>'));
  const made = {
    audience: await makeDatabase(fauna, 'app'),
    otherAudience: await makeDatabase(fauna, 'other'),
    childAudience: await makeDatabase(fauna, 'child', 'app'),
    deletedAudience: await makeDatabase(fauna, 'deleted'),
  };
  await fauna.must(q.Delete(q.Database('deleted')), root);
  return made;
}
