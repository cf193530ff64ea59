import type faunadb from 'faunadb';
import { describe, expect, it } from 'vitest';
import { type Failure, failed, invalid, required, type } from './expectations.ts';
import { admin, as, denied, loginFauna, q, raw } from './fixture.ts';
import { makeUserIn, makeUsers, users } from './users.ts';

const fauna = loginFauna(makeUsers);
const makeUser = makeUserIn(fauna);
const server = as('server');
/** A field that is a number and is to be of another type. */
const long = (fieldAndType: string): Failure => {
  const [field = '', expected = ''] = fieldAndType.split('.');
  return type([field], 'Long', expected);
};
const wrong = failed('authentication failed', 'The document was not found or provided password was incorrect.');

describe('credentials', () => {
  it('are written through the document and never shown in it', async () => {
    const user = await makeUser();
    const updated = await fauna.must<object>(q.Update(user, { credentials: { password: 'one' } }), admin);
    expect(updated).not.toHaveProperty('credentials');
    expect(await fauna.must(q.Get(user), admin)).not.toHaveProperty('credentials');
    expect(await fauna.must(q.Identify(user, 'one'), server)).toBe(true);
    await fauna.must(q.Update(user, { credentials: { password: 'two' } }), server);
    expect(await fauna.must([q.Identify(user, 'one'), q.Identify(user, 'two')] as never, server)).toEqual([
      false,
      true,
    ]);
    await fauna.must(q.Replace(user, { data: {} }), server);
    expect(await fauna.must(q.Identify(user, 'two'), server)).toBe(true);
  });

  it('are documents of their own, one a document, with a bcrypt hash', async () => {
    const user = await makeUser();
    const created = await fauna.must<Record<string, unknown>>(
      q.Create(q.Credentials(), { instance: user, password: 'one', data: { x: 1 } }),
      server,
    );
    expect(created.hashed_password).toMatch(/^\$2a\$05\$[./\w]{53}$/);
    expect(Object.keys(created).sort()).toEqual(['data', 'hashed_password', 'instance', 'ref', 'ts']);
    expect(await fauna.failure(q.Create(q.Credentials(), { instance: user, password: 'two' }), server)).toEqual(
      failed('instance not unique', 'document is not unique.', ['create']),
    );
    expect(await fauna.must(q.Create(q.Credentials(), { instance: await makeUser() }), server)).toBeDefined();
  });

  it('are changed by an admin only who knows the password, and by a server always', async () => {
    const user = await makeUser();
    const { ref } = await fauna.must<{ ref: object }>(
      q.Create(q.Credentials(), { instance: user, password: 'one' }),
      server,
    );
    const update = (fields: object) => q.Update(raw(ref), fields);
    const notThat = invalid([], [['current_password'], 'invalid password', 'Invalid password at `current_password`.']);
    expect(await fauna.failure(update({ password: 'two' }), admin)).toEqual(notThat);
    expect(await fauna.failure(update({ password: 'two', current_password: 'x' }), admin)).toEqual(notThat);
    await fauna.must(update({ hashed_password: 'anything' }), admin);
    await fauna.must(update({ password: 'two', current_password: 'one' }), admin);
    expect(await fauna.must(q.Identify(user, 'two'), server)).toBe(true);
    await fauna.must(update({ password: 'three' }), server);
    expect(await fauna.must(q.Identify(user, 'three'), server)).toBe(true);
    await fauna.must(update({ hashed_password: 'anything' }), server);
    expect(await fauna.must(q.Identify(user, 'anything'), server)).toBe(false);
    await fauna.must(q.Delete(raw(ref)), server);
    expect(await fauna.failure(q.Login(user, { password: 'three' }), server)).toEqual(wrong);
  });

  const unfit = (field: string, actual: string, expected: string) => type(field.split('.'), actual, expected);

  /** A server’s hash is looked at, of others the password there was. */
  it.each<[object, string, ...Failure[]]>([
    [{ password: 1 }, 'server', unfit('password', 'Long', 'String'), unfit('hashed_password', 'Long', 'String')],
    [{ password: 1 }, 'admin', unfit('password', 'Long', 'String'), unfit('current_password', 'Long', 'String')],
    [{ instance: 1, ttl: 1, data: 1 }, 'server', ...['data.Map', 'ttl.Timestamp', 'instance.Ref'].map(long)],
    [{ instance: {} }, 'server', required('instance')],
    [{}, 'server', required('instance')],
  ])('made as %j by a %s are refused', async (fields, role, ...failures) => {
    const given = { ...fields, ...('password' in fields ? { hashed_password: 1, current_password: 1 } : {}) };
    const all = 'password' in fields ? { instance: users, ...given } : given;
    expect(await fauna.failure(q.Create(q.Credentials(), all), as(role))).toEqual(invalid(['create'], ...failures));
  });

  it.each<[unknown, string, ...Failure[]]>([
    [{ password: 1 }, 'server', unfit('credentials.password', 'Long', 'String')],
    [
      'x',
      'server',
      unfit('credentials.password', 'String', 'Map'),
      unfit('credentials.hashed_password', 'String', 'Map'),
    ],
    [
      'x',
      'admin',
      unfit('credentials.password', 'String', 'Map'),
      unfit('credentials.current_password', 'String', 'Map'),
    ],
  ])('in a document are refused as %j by a %s, before all else', async (credentials, role, ...failures) => {
    const fields = { credentials, data: 1 } as never;
    expect(await fauna.failure(q.Create(users, fields), as(role))).toEqual(
      invalid(['create'], ...failures, type(['data'], 'Long', 'Map')),
    );
  });
});

describe('tokens', () => {
  it('are made by who may create them, and show their hash when read', async () => {
    const user = await makeUser();
    const created = await fauna.must<Record<string, unknown>>(q.Create(q.Tokens(), { instance: user }), server);
    expect(Object.keys(created).sort()).toEqual(['instance', 'ref', 'secret', 'ts']);
    const read = await fauna.must<Record<string, unknown>>(q.Get(raw(created.ref)), server);
    expect(read.hashed_secret).toMatch(/^\$2a\$05\$/);
    expect(read).not.toHaveProperty('global_id');
    expect(await fauna.failure(q.Create(q.Tokens(), { instance: user }), as('client'))).toEqual(denied('create'));
  });

  it.each<[object, ...Failure[]]>([
    [{}, required('instance')],
    [{ instance: {} }, required('instance')],
    [
      { instance: 1, ttl: 1, data: 1, hashed_secret: 1 },
      ...['data.Map', 'ttl.Timestamp', 'instance.Ref', 'hashed_secret.String'].map(long),
    ],
  ])('made as %j are refused', async (fields, ...failures) => {
    expect(await fauna.failure(q.Create(q.Tokens(), fields), server)).toEqual(invalid(['create'], ...failures));
  });

  it('may be made of documents that are not, and log nobody in until they are', async () => {
    const missing = q.Ref(users, '5');
    const { secret } = await fauna.makeToken(missing);
    expect(await fauna.status(1, secret)).toBe(401);
    await fauna.must(q.Create(missing), admin);
    expect(await fauna.must(q.CurrentIdentity(), secret)).toMatchObject({ '@ref': { id: '5' } });
  });

  it('may read their own credentials and token and delete the token, and nothing else', async () => {
    const [user, other] = [await makeUser('one'), await makeUser('two')];
    const login = (who: faunadb.Expr, password: string) =>
      fauna.must<{ secret: string; ref: object }>(q.Login(who, { password }), server);
    const [mine, same, theirs] = [await login(user, 'one'), await login(user, 'one'), await login(other, 'two')];
    const failure = (query: unknown) => fauna.failure(query as faunadb.ExprArg, mine.secret);
    const allowed = { status: 200, errors: undefined };
    const self = (collection: string) =>
      ({ '@ref': { id: 'self', collection: { '@ref': { id: collection } } } }) as never;
    expect(await failure(q.Get(raw(mine.ref)))).toEqual(allowed);
    expect(await failure(q.Get(raw(same.ref)))).toEqual(allowed);
    expect(await failure(q.Get(raw(theirs.ref)))).toEqual(denied());
    expect(await failure(q.Update(raw(mine.ref), { data: {} }))).toEqual(denied());
    expect(await failure(q.Get(user))).toEqual(denied());
    expect(await failure({ get: self('credentials') })).toEqual(allowed);
    expect(await failure({ update: self('credentials'), params: { object: {} } })).toEqual(denied());
    expect(await failure(q.Delete(raw(theirs.ref)))).toEqual(denied());
    expect(await failure(q.Delete(raw(same.ref)))).toEqual(allowed);
    expect(await failure({ delete: self('tokens') })).toEqual(allowed);
    expect(await fauna.status(1, mine.secret)).toBe(401);
  });

  it('end with their ttl, their document and their database', async () => {
    const user = await makeUser('one');
    const { secret } = await fauna.must<{ secret: string }>(
      q.Login(user, { password: 'one', ttl: q.TimeAdd(q.Now(), 1, 'hour') } as never),
      server,
    );
    expect((await fauna.query(1, secret)).status).toBe(200);
    const lasting = (await fauna.must<{ secret: string }>(q.Login(user, { password: 'one' }), server)).secret;
    fauna.advance(3_600_000);
    expect([(await fauna.query(1, secret)).status, (await fauna.query(1, lasting)).status]).toEqual([401, 200]);
    await fauna.must(q.Delete(user), server);
    expect((await fauna.query(1, lasting)).status).toBe(401);
  });
});
