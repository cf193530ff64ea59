import type faunadb from 'faunadb';
import { describe, expect, it } from 'vitest';
import { failed, invalid, type } from './expectations.ts';
import { as, denied, loginFauna, q } from './fixture.ts';
import { byName, idOf, makeUserIn, makeUsers, users } from './users.ts';

const fauna = loginFauna(makeUsers);
const makeUser = makeUserIn(fauna);
const server = as('server');
const wrong = failed('authentication failed', 'The document was not found or provided password was incorrect.');

describe('Login', () => {
  it('answers a token whose secret is the document', async () => {
    const user = await makeUser('sesame');
    const { status, body } = await fauna.query(q.Login(user, { password: 'sesame', data: { device: 1 } }), server);
    expect(status).toBe(201);
    const token = body.resource as { secret: string; ref: object; instance: { '@ref': { id: string } } };
    expect(Object.keys(token).sort()).toEqual(['data', 'instance', 'ref', 'secret', 'ts']);
    expect(token.secret).toMatch(/^fnE[\w-]{48}$/);
    expect(token.instance['@ref'].id).toBe(idOf(user));
    expect(await fauna.must(q.CurrentIdentity(), token.secret)).toEqual(token.instance);
    expect(await fauna.must(q.CurrentToken(), token.secret)).toEqual(token.ref);
    expect(await fauna.must(q.Select('device', q.Select('data', q.Get(q.CurrentToken()))), token.secret)).toBe(1);
    expect(await fauna.must([q.HasCurrentIdentity(), q.HasCurrentToken()] as never, token.secret)).toEqual([
      true,
      true,
    ]);
    expect(await fauna.must(q.KeyFromSecret(token.secret), server)).toMatchObject({ ref: token.ref });
  });

  it('finds the document in a set', async () => {
    const set = byName(await makeUser('sesame'));
    expect(await fauna.must(q.Login(set, { password: 'sesame' }), server)).toMatchObject({
      secret: expect.any(String),
    });
    expect(await fauna.must(q.Identify(set, 'sesame'), server)).toBe(true);
    const nobody = q.Match(q.Index('by_name'), 'nobody');
    expect(await fauna.failure(q.Login(nobody, { password: 'sesame' }), server)).toEqual(wrong);
    expect(await fauna.must(q.Identify(nobody, 'sesame'), server)).toBe(false);
  });

  it('needs no permission but to read the set', async () => {
    const user = await makeUser('sesame');
    const client = as('client');
    expect(await fauna.must(q.Login(user, { password: 'sesame' }), client)).toMatchObject({
      instance: expect.anything(),
    });
    expect(await fauna.must(q.Identify(user, 'sesame'), client)).toBe(true);
    const set = byName(user);
    expect(await fauna.failure(q.Login(set, { password: 'sesame' }), client)).toEqual(denied('login'));
    expect(await fauna.failure(q.Identify(set, 'sesame'), client)).toEqual(denied('identify'));
  });

  it.each([
    ['a wrong password', (user: faunadb.Expr) => q.Login(user, { password: 'wrong' })],
    ['no password', (user: faunadb.Expr) => q.Login(user, {})],
    ['a null password', (user: faunadb.Expr) => q.Login(user, { password: null } as never)],
    ['a document that is not', () => q.Login(q.Ref(users, '1'), { password: 'sesame' })],
  ])('refuses %s', async (_, query) => {
    expect(await fauna.failure(query(await makeUser('sesame')), server)).toEqual(wrong);
  });

  it('refuses a document without a password and passwords that are none', async () => {
    expect(await fauna.failure(q.Login(await makeUser(), { password: '' }), server)).toEqual(wrong);
    expect(await fauna.failure(q.Login(await makeUser('x'), { password: 1 } as never), server)).toEqual(
      invalid([], type(['password'], 'Long', 'String')),
    );
    expect(await fauna.failure(q.Login('x', { password: 'x' }), server)).toEqual(
      failed('invalid argument', 'Ref or Set expected, String provided.', ['login']),
    );
    expect(await fauna.failure(q.Identify(await makeUser('x'), 1 as never), server)).toEqual(
      failed('invalid argument', 'String expected, Integer provided.', ['password']),
    );
  });
});

describe('Logout', () => {
  it('ends one token or all of the document', async () => {
    const user = await makeUser('sesame');
    const login = async () =>
      (await fauna.must<{ secret: string }>(q.Login(user, { password: 'sesame' }), server)).secret;
    const [one, two, three] = [await login(), await login(), await login()];
    expect(await fauna.must(q.Logout(false), one)).toBe(true);
    expect((await fauna.query(1, one)).status).toBe(401);
    expect(await fauna.must([q.Logout(false), q.Logout(false)] as never, two)).toEqual([true, true]);
    const four = await login();
    expect(await fauna.must(q.Logout(true), three)).toBe(true);
    expect([(await fauna.query(1, three)).status, (await fauna.query(1, four)).status]).toEqual([401, 401]);
  });

  it('answers false to who is not logged in', async () => {
    expect(await fauna.must([q.Logout(true), q.Logout(false)] as never, server)).toEqual([false, false]);
    expect(await fauna.failure(q.Logout(1 as never), server)).toEqual(
      failed('invalid argument', 'Boolean expected, Integer provided.', ['logout']),
    );
  });

  it('logs out the document that a key speaks for', async () => {
    const user = await makeUser('sesame');
    const { secret } = await fauna.must<{ secret: string }>(q.Login(user, { password: 'sesame' }), server);
    const asUser = as(`@doc/users/${idOf(user)}`);
    expect(await fauna.must([q.Logout(false), q.Logout(true)] as never, asUser)).toEqual([false, true]);
    expect((await fauna.query(1, secret)).status).toBe(401);
  });
});
