import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, type Served, serveFauna } from './served.ts';

const q = faunadb.query;
const admin = `${root}:app:admin`;
const server = `${root}:app:server`;
const users = q.Collection('users');

/** A value of an answer, as it is, in the next query. */
const raw = (value: unknown) => new faunadb.Expr(value as object);

let fauna: Served;
beforeAll(async () => {
  fauna = serveFauna();
  await fauna.must(q.CreateDatabase({ name: 'app' }), root);
  await fauna.must(q.CreateCollection({ name: 'users' }), admin);
  await fauna.must(
    q.CreateIndex({ name: 'by_name', source: users, terms: [{ field: ['data', 'name'] }], unique: true }),
    admin,
  );
});
afterAll(() => fauna.close());

let count = 100;
async function makeUser(password?: string): Promise<faunadb.Expr> {
  const ref = q.Ref(users, String(++count));
  const credentials = password === undefined ? {} : { credentials: { password } };
  await fauna.must(q.Create(ref, { data: { name: `user${count}` }, ...credentials }), admin);
  return ref;
}
const failure = async (query: faunadb.ExprArg, secret: string) => {
  const { status, body } = await fauna.query(query, secret);
  return { status, errors: body.errors };
};
const failed = (code: string, description: string, position: unknown[] = []) => ({
  status: 400,
  errors: [{ position, code, description }],
});
const invalid = (position: unknown[], ...failures: [field: string[], code: string, description: string][]) => ({
  status: 400,
  errors: [
    {
      position,
      code: 'validation failed',
      description: 'document data is not valid.',
      failures: failures.map(([field, code, description]) => ({ field, code, description })),
    },
  ],
});
const wrong = failed('authentication failed', 'The document was not found or provided password was incorrect.');

describe('Login', () => {
  it('answers a token whose secret is the document', async () => {
    const user = await makeUser('sesame');
    const { status, body } = await fauna.query(q.Login(user, { password: 'sesame', data: { device: 1 } }), server);
    expect(status).toBe(201);
    const token = body.resource as { secret: string; ref: object; instance: { '@ref': { id: string } } };
    expect(Object.keys(token).sort()).toEqual(['data', 'instance', 'ref', 'secret', 'ts']);
    expect(token.secret).toMatch(/^fnE[\w-]{48}$/);
    expect(token.instance['@ref'].id).toBe(String(count));
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
    await makeUser('sesame');
    const set = q.Match(q.Index('by_name'), `user${count}`);
    expect(await fauna.must(q.Login(set, { password: 'sesame' }), server)).toMatchObject({
      secret: expect.any(String),
    });
    expect(await fauna.must(q.Identify(set, 'sesame'), server)).toBe(true);
    const nobody = q.Match(q.Index('by_name'), 'nobody');
    expect(await failure(q.Login(nobody, { password: 'sesame' }), server)).toEqual(wrong);
    expect(await fauna.must(q.Identify(nobody, 'sesame'), server)).toBe(false);
  });

  it('needs no permission but to read the set', async () => {
    const user = await makeUser('sesame');
    const client = `${root}:app:client`;
    expect(await fauna.must(q.Login(user, { password: 'sesame' }), client)).toMatchObject({
      instance: expect.anything(),
    });
    expect(await fauna.must(q.Identify(user, 'sesame'), client)).toBe(true);
    const set = q.Match(q.Index('by_name'), `user${count}`);
    expect(await failure(q.Login(set, { password: 'sesame' }), client)).toEqual({
      status: 403,
      errors: [
        {
          position: ['login'],
          code: 'permission denied',
          description: 'Insufficient privileges to perform the action.',
        },
      ],
    });
    expect((await failure(q.Identify(set, 'sesame'), client)).errors?.[0]?.position).toEqual(['identify']);
  });

  it.each([
    ['a wrong password', (user: faunadb.Expr) => q.Login(user, { password: 'wrong' })],
    ['no password', (user: faunadb.Expr) => q.Login(user, {})],
    ['a null password', (user: faunadb.Expr) => q.Login(user, { password: null } as never)],
    ['a document that is not', () => q.Login(q.Ref(users, '1'), { password: 'sesame' })],
  ])('refuses %s', async (_, query) => {
    expect(await failure(query(await makeUser('sesame')), server)).toEqual(wrong);
  });

  it('refuses a document without a password and passwords that are none', async () => {
    expect(await failure(q.Login(await makeUser(), { password: '' }), server)).toEqual(wrong);
    expect(await failure(q.Login(await makeUser('x'), { password: 1 } as never), server)).toEqual(
      invalid([], [['password'], 'invalid type', 'Invalid type Long, expected type String.']),
    );
    expect(await failure(q.Login('x', { password: 'x' }), server)).toEqual(
      failed('invalid argument', 'Ref or Set expected, String provided.', ['login']),
    );
    expect(await failure(q.Identify(await makeUser('x'), 1 as never), server)).toEqual(
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
    expect(await failure(q.Logout(1 as never), server)).toEqual(
      failed('invalid argument', 'Boolean expected, Integer provided.', ['logout']),
    );
  });

  it('logs out the document that a key speaks for', async () => {
    const user = await makeUser('sesame');
    const { secret } = await fauna.must<{ secret: string }>(q.Login(user, { password: 'sesame' }), server);
    const asUser = `${root}:app:@doc/users/${count}`;
    expect(await fauna.must([q.Logout(false), q.Logout(true)] as never, asUser)).toEqual([false, true]);
    expect((await fauna.query(1, secret)).status).toBe(401);
  });
});

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
    expect(await failure(q.Create(q.Credentials(), { instance: user, password: 'two' }), server)).toEqual(
      failed('instance not unique', 'document is not unique.', ['create']),
    );
    expect(await fauna.must(q.Create(q.Credentials(), { instance: await makeUser() }), server)).toBeDefined();
    expect(await failure(q.Create(q.Credentials(), { password: 'x' }), server)).toEqual(
      invalid(['create'], [['instance'], 'value required', 'Required value not found.']),
    );
  });

  it('are changed by an admin only who knows the password, and by a server always', async () => {
    const user = await makeUser();
    const { ref } = await fauna.must<{ ref: object }>(
      q.Create(q.Credentials(), { instance: user, password: 'one' }),
      server,
    );
    const update = (fields: object) => q.Update(raw(ref), fields);
    const notThat = invalid([], [['current_password'], 'invalid password', 'Invalid password at `current_password`.']);
    expect(await failure(update({ password: 'two' }), admin)).toEqual(notThat);
    expect(await failure(update({ password: 'two', current_password: 'x' }), admin)).toEqual(notThat);
    await fauna.must(update({ hashed_password: 'anything' }), admin);
    await fauna.must(update({ password: 'two', current_password: 'one' }), admin);
    expect(await fauna.must(q.Identify(user, 'two'), server)).toBe(true);
    await fauna.must(update({ password: 'three' }), server);
    expect(await fauna.must(q.Identify(user, 'three'), server)).toBe(true);
    await fauna.must(update({ hashed_password: 'anything' }), server);
    expect(await fauna.must(q.Identify(user, 'anything'), server)).toBe(false);
    await fauna.must(q.Delete(raw(ref)), server);
    expect(await failure(q.Login(user, { password: 'three' }), server)).toEqual(wrong);
  });

  it.each([
    [{ password: 1 }, ['credentials', 'password'], 'Long', 'String'],
    ['x', ['credentials', 'password'], 'String', 'Map'],
  ])('in a document are refused as %j', async (credentials, field, actual, expected) => {
    const { status, errors } = await failure(q.Create(users, { credentials } as never), server);
    expect(status).toBe(400);
    expect(errors?.[0]?.failures?.[0]).toEqual({
      field,
      code: 'invalid type',
      description: `Invalid type ${actual}, expected type ${expected}.`,
    });
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
    expect((await failure(q.Create(q.Tokens(), { instance: user }), `${root}:app:client`)).status).toBe(403);
    expect(await failure(q.Create(q.Tokens(), {}), server)).toEqual(
      invalid(['create'], [['instance'], 'value required', 'Required value not found.']),
    );
  });

  it('may read their own credentials and token and delete the token, and nothing else', async () => {
    const [user, other] = [await makeUser('one'), await makeUser('two')];
    const login = (who: faunadb.Expr, password: string) =>
      fauna.must<{ secret: string; ref: object }>(q.Login(who, { password }), server);
    const [mine, same, theirs] = [await login(user, 'one'), await login(user, 'one'), await login(other, 'two')];
    const status = async (query: faunadb.ExprArg) => (await fauna.query(query, mine.secret)).status;
    const self = (collection: string) =>
      ({ '@ref': { id: 'self', collection: { '@ref': { id: collection } } } }) as never;
    expect(await status(q.Get(raw(mine.ref)))).toBe(200);
    expect(await status(q.Get(raw(same.ref)))).toBe(200);
    expect(await status(q.Get(raw(theirs.ref)))).toBe(403);
    expect(await status(q.Update(raw(mine.ref), { data: {} }))).toBe(403);
    expect(await status(q.Get(user))).toBe(403);
    expect(await status({ get: self('credentials') } as never)).toBe(200);
    expect(await status({ update: self('credentials'), params: { object: {} } } as never)).toBe(403);
    expect(await status(q.Delete(raw(theirs.ref)))).toBe(403);
    expect(await status(q.Delete(raw(same.ref)))).toBe(200);
    expect(await status({ delete: self('tokens') } as never)).toBe(200);
    expect(await status(1)).toBe(401);
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
