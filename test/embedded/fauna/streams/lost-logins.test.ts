/** What a stream's login may go through while it is open, and whether the next transaction ends the stream. */
import type faunadb from 'faunadb';
import { describe, expect, it } from 'vitest';
import { actions, admin, as, lambda, loginFauna, q, raw, things } from '../security/fixture.ts';
import { jwks } from '../security/served.ts';
import { jwkOf, jwt, rsa, rsaKey } from '../security/tokens.ts';

const ISSUER = 'https://issuer.test';
const signing = rsaKey('one');
const all = actions(things, { read: true, unrestricted_read: true });
const yesterday = q.TimeSubtract(q.Now(), 1, 'day');

let audience = '';
const fauna = loginFauna(async ({ must, host }) => {
  host.documents.set(`${ISSUER}/jwks`, () => jwks(jwkOf(signing)));
  await must(q.CreateRole({ name: 'reader', privileges: all } as never), admin);
  const provider = { name: 'issuer', issuer: ISSUER, jwks_uri: `${ISSUER}/jwks`, roles: [q.Role('reader')] };
  ({ audience } = await must<{ audience: string }>(q.CreateAccessProvider(provider), admin));
});

/** A login, and what happens to it. */
interface Case {
  readonly secret: string;
  readonly change: faunadb.ExprArg | (() => void);
}
const withKey = async (fields: object, change: (key: faunadb.Expr) => faunadb.ExprArg): Promise<Case> => {
  const { secret, ref } = await fauna.makeKey(fields);
  return { secret, change: change(raw(ref)) };
};
const withRole = async (change: (role: faunadb.Expr) => faunadb.ExprArg): Promise<Case> => {
  const role = q.Role(await fauna.makeRole(all));
  return withKey({ role }, () => change(role));
};
const withToken = async (change: (token: faunadb.Expr, user: faunadb.Expr) => faunadb.ExprArg): Promise<Case> => {
  const name = `users${fauna.fresh()}`;
  const user = q.Ref(q.Collection(name), '1');
  await fauna.must(q.CreateCollection({ name }), admin);
  await fauna.must(q.Create(user, { data: { in: true } }), admin);
  const predicate = lambda('user', q.Select(['data', 'in'], q.Get(q.Var('user'))));
  await fauna.makeRole(all, { membership: { resource: q.Collection(name), predicate } });
  const { secret, ref } = await fauna.makeToken(user);
  return { secret, change: change(raw(ref), user) };
};
const withJwt = (claims: object, change: faunadb.ExprArg | (() => void)): Case => {
  const token = jwt({ alg: 'RS256', kid: 'one' }, { iss: ISSUER, aud: audience, ...claims }, rsa(signing));
  return { secret: token, change };
};
const soon = () => Math.floor(Date.now() / 1000) + 60;

const kept: Record<string, () => Promise<Case> | Case> = {
  'a key that stays': () => withKey({ role: 'server' }, () => 1),
  'a key with other data': () => withKey({ role: 'server' }, (key) => q.Update(key, { data: { a: 1 } })),
  'a key that ends later': () =>
    withKey({ role: 'server', ttl: q.TimeAdd(q.Now(), 1, 'hour') }, () => q.Create(q.Collection('things'))),
  'the root’s login': () => ({ secret: as('admin'), change: 1 }),
  'a token that stays': () => withToken(() => 1),
  'a token with other data': () => withToken((token) => q.Update(token, { data: { a: 1 } })),
  'a member who is none any more': () => withToken((_, user) => q.Update(user, { data: { in: false } })),
  'a token of a document that is deleted': () => withToken((_, user) => q.Delete(user)),
  'a JWT that stays': () => withJwt({ exp: soon() }, 1),
  'a JWT without end': () => withJwt({}, () => fauna.advance(3_600_000)),
  'a JWT whose provider is changed': () => withJwt({}, q.Update(q.AccessProvider('issuer'), { data: { a: 1 } })),
};

const lost: Record<string, () => Promise<Case> | Case> = {
  'a key that is deleted': () => withKey({ role: 'server' }, (key) => q.Delete(key)),
  'a key with another role': () => withKey({ role: 'admin' }, (key) => q.Update(key, { role: 'server' })),
  'a key with another priority': () => withKey({ role: 'server' }, (key) => q.Update(key, { priority: 9 })),
  'a key whose ttl is over': () => withKey({ role: 'server' }, (key) => q.Update(key, { ttl: yesterday })),
  'a role with other privileges': () => withRole((role) => q.Update(role, { privileges: [] })),
  'a role with other data': () => withRole((role) => q.Update(role, { data: { a: 1 } })),
  'a role that is deleted': () => withRole((role) => q.Delete(role)),
  'a token that is deleted': () => withToken((token) => q.Delete(token)),
  'a token whose ttl is over': () => withToken((token) => q.Update(token, { ttl: yesterday })),
  'a JWT that ends': () => withJwt({ exp: soon() + 7200 }, () => fauna.advance(7_300_000)),
  'a JWT whose role is changed': () => withJwt({}, q.Update(q.Role('reader'), { data: { a: 1 } })),
};

/** The type of the line after `start`, of a stream of all things, when one is made after the change. */
async function nextAfter({ secret, change }: Case): Promise<Record<string, unknown>> {
  const request = new Request('http://fauna.internal/stream', {
    method: 'POST',
    headers: { 'x-faunadb-api-version': '4', authorization: `Bearer ${secret}` },
    body: JSON.stringify(q.Documents(things)),
  });
  const response = await fauna.handle(request);
  expect(response.status).toBe(200);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => JSON.parse((await reader?.read())?.value ?? '{}') as Record<string, unknown>;
  expect(await next()).toMatchObject({ type: 'start' });
  if (typeof change === 'function') change();
  else await fauna.must(change, admin);
  await fauna.must(q.Create(things), admin);
  const line = await next();
  await reader?.cancel();
  return line;
}

describe('an open stream', () => {
  it.each(Object.entries(kept))('goes on with %s', async (_, make) => {
    expect(await nextAfter(await make())).toMatchObject({ type: 'set', event: { action: 'add' } });
  });

  it.each(Object.entries(lost))('ends with %s', async (_, make) => {
    expect(await nextAfter(await make())).toEqual({
      type: 'error',
      txn: expect.any(Number),
      event: { code: 'permission denied', description: 'Authorization lost during stream evaluation.' },
    });
  });
});
