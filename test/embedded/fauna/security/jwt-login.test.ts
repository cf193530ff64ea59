import type faunadb from 'faunadb';
import { describe, expect, it } from 'vitest';
import { makeReaderAndMaker } from './databases.ts';
import { failed } from './expectations.ts';
import { admin, denied, lambda, loginFauna, q, root, thing, things } from './fixture.ts';
import { jwks } from './served.ts';
import { jwkOf, jwt, rsa, rsaKey } from './tokens.ts';

const fauna = loginFauna(async (app) => {
  await makeReaderAndMaker(app);
  await app.make('1');
});
let count = 0;

describe('JWT login', () => {
  const key = rsaKey('one');
  const setUp = async (roles: faunadb.ExprArg) => {
    const issuer = `https://issuer.example/${++count}`;
    const jwksUri = `https://keys.example/${count}`;
    fauna.host.documents.set(jwksUri, () => jwks(jwkOf(key)));
    const provider = `provider${count}`;
    const { audience } = await fauna.must<{ audience: string }>(
      q.CreateAccessProvider({ name: provider, issuer, jwks_uri: jwksUri, roles } as never),
      admin,
    );
    const token = (claims: object = {}, signer = key) =>
      jwt({ alg: 'RS256', kid: signer.kid }, { iss: issuer, aud: audience, ...claims }, rsa(signer));
    return { token, jwksUri, provider };
  };
  const statuses = async (secret: string) => [
    (await fauna.query(q.Get(thing('1')), secret)).status,
    (await fauna.query(q.Create(things), secret)).status,
  ];

  it('gives the roles whose predicates hold, each by itself', async () => {
    const may = (role: string) => ({
      role: q.Role(role),
      predicate: lambda('token', q.ContainsValue(role, q.Select('roles', q.Var('token')))),
    });
    const { token } = await setUp([may('reader'), may('maker')]);
    expect(await statuses(token({ roles: ['reader'] }))).toEqual([200, 403]);
    expect(await statuses(token({ roles: ['maker'] }))).toEqual([403, 201]);
    expect(await statuses(token({ roles: ['maker', 'reader'] }))).toEqual([200, 201]);
    expect(await statuses(token({ roles: [] }))).toEqual([401, 401]);
    expect(await statuses(token())).toEqual([401, 401]);
  });

  it('asks predicates with the token at hand', async () => {
    const { token } = await setUp({
      role: q.Role('reader'),
      predicate: lambda(
        'token',
        q.And(q.Equals(q.CurrentToken(), q.Var('token')), q.Equals(q.CurrentIdentity(), 'ann'), q.Exists(thing('1'))),
      ),
    });
    expect(await statuses(token({ sub: 'ann' }))).toEqual([200, 403]);
    expect(await statuses(token({ sub: 'bob' }))).toEqual([401, 401]);
  });

  it('follows a provider that changes its keys', async () => {
    const { token, jwksUri } = await setUp(q.Role('reader'));
    const next = rsaKey('two');
    expect(await statuses(token())).toEqual([200, 403]);
    fauna.host.documents.set(jwksUri, () => jwks(jwkOf(next)));
    expect(await statuses(token())).toEqual([200, 403]);
    fauna.advance(1000);
    expect(await statuses(token({}, next))).toEqual([200, 403]);
    expect(await statuses(token())).toEqual([401, 401]);
  });

  it('ends with the provider and its role', async () => {
    await fauna.must(
      q.CreateRole({ name: 'brief', privileges: { resource: things, actions: { read: true } } } as never),
      admin,
    );
    const { token, provider } = await setUp(q.Role('brief'));
    expect(await statuses(token())).toEqual([200, 403]);
    await fauna.must(q.Delete(q.Role('brief')), admin);
    expect(await statuses(token())).toEqual([403, 403]);
    await fauna.must(q.Delete(q.AccessProvider(provider)), admin);
    expect(await statuses(token())).toEqual([401, 401]);
  });

  it('tells KeyFromSecret the database, to who may read it', async () => {
    const { token } = await setUp(q.Role('reader'));
    const good = token();
    const key = await fauna.must<{ secret: string; database: object }>(
      q.CreateKey({ role: 'server', database: q.Database('app') }),
      root,
    );
    expect(await fauna.must(q.KeyFromSecret(good), root)).toEqual({ database: key.database });
    expect(await fauna.failure(q.KeyFromSecret(good), key.secret)).toEqual(denied());
    const bad = `${good.slice(0, -4)}AAAA`;
    expect(await fauna.failure(q.KeyFromSecret(bad), root)).toEqual(
      failed('instance not found', `No key found for secret ${bad}.`),
    );
  });

  it('answers 503 when the keys do not come within five seconds', async () => {
    const { token, jwksUri } = await setUp(q.Role('reader'));
    fauna.host.documents.set(jwksUri, () => new Promise<never>(() => {}));
    const { status, body } = await fauna.query(1, token());
    expect({ status, code: body.errors?.[0]?.code }).toEqual({ status: 503, code: 'time out' });
  }, 10_000);
});
