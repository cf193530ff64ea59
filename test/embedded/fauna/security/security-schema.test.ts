/** What roles, access providers and functions must be like to be written, and what they do then. */
import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jwks, root, type Served, serveFauna } from './served.ts';
import { jwkOf, jwt, rsa, rsaKey } from './tokens.ts';

const q = faunadb.query;
const admin = `${root}:app:admin`;
const things = q.Collection('things');
const JWKS = 'https://keys.example/jwks.json';
const lambda = (names: string | string[], body: faunadb.ExprArg) =>
  q.Query(q.Lambda(names as string, body as faunadb.Expr));

let fauna: Served;
let count = 0;
const name = () => `n${++count}`;
beforeAll(async () => {
  fauna = serveFauna();
  await fauna.must(q.CreateDatabase({ name: 'app' }), root);
  await fauna.must(q.CreateCollection({ name: 'things' }), admin);
  await fauna.must(q.CreateRole({ name: 'role', privileges: [] }), admin);
  await fauna.must(
    q.CreateRole({ name: 'reader', privileges: { resource: things, actions: { read: true } } } as never),
    admin,
  );
  await fauna.must(
    q.CreateRole({ name: 'maker', privileges: { resource: things, actions: { create: true } } } as never),
    admin,
  );
});
afterAll(() => fauna.close());

type Failure = [field: string[], code: string, description: string];
const failure = async (query: faunadb.ExprArg, secret: string) => {
  const { status, body } = await fauna.query(query, secret);
  return { status, errors: body.errors };
};
const invalid = (position: unknown[], ...failures: Failure[]) => ({
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
const type = (field: string[], actual: string, expected: string): Failure => [
  field,
  'invalid type',
  `Invalid type ${actual}, expected type ${expected}.`,
];
const required = (...field: string[]): Failure => [field, 'value required', 'Required value not found.'];
async function checked(key: string, query: faunadb.ExprArg, failures: readonly Failure[]) {
  const result = await failure(query, admin);
  if (failures.length === 0) expect(result).toEqual({ status: 201, errors: undefined });
  else expect(result).toEqual(invalid([key], ...failures));
}

describe('CreateRole', () => {
  const one = (actions: object) => ({ privileges: { resource: things, actions } });
  const arity = (field: string[], found: string, expected: number): Failure => [
    field,
    'invalid arity',
    `Found lambda with arity ${found} expected ${expected}`,
  ];
  const [none, two, three, four] = [
    lambda('_', true),
    lambda(['a', 'b'], true),
    lambda(['a', 'b', 'c'], true),
    lambda(['a', 'b', 'c', 'd'], true),
  ];
  const cases: [string, () => object, ...Failure[]][] = [
    ['no privileges', () => ({})],
    ['privileges without actions', () => ({ privileges: { resource: things } })],
    [
      'every action with its arity',
      () =>
        one({
          read: lambda('a', true),
          write: two,
          create: lambda(['a'], true),
          create_with_id: two,
          delete: none,
          history_read: none,
          history_write: four,
          unrestricted_read: none,
          call: none,
        }),
    ],
    ['read of two', () => one({ read: two }), arity(['privileges', 'actions', 'read'], '2', 1)],
    ['write of one', () => one({ write: lambda('a', true) }), arity(['privileges', 'actions', 'write'], '1', 2)],
    ['write of three', () => one({ write: three }), arity(['privileges', 'actions', 'write'], '3', 2)],
    [
      'several wrong ones, in FaunaDB’s order',
      () => one({ call: two, history_write: two, read: two }),
      arity(['privileges', 'actions', 'read'], '2', 1),
      arity(['privileges', 'actions', 'history_write'], '2', 4),
      arity(['privileges', 'actions', 'call'], '2', 1),
    ],
    ['a wrong arity in a list, which is not looked at', () => ({ privileges: [one({ read: two }).privileges] })],
    [
      'membership of two',
      () => ({ membership: { resource: things, predicate: two } }),
      arity(['membership', 'predicate'], '2', 1),
    ],
    [
      'an action that is a number',
      () => one({ read: 1 }),
      type(['privileges', 'actions', 'read'], 'Long', 'RoleAction'),
    ],
    ['an action that is text', () => one({ read: 'true' }), type(['privileges', 'actions', 'read'], 'String', 'Query')],
    [
      'an action in a list',
      () => ({ privileges: [one({ read: 1 }).privileges] }),
      type(['privileges', 'actions', 'read'], 'Long', 'RoleAction'),
    ],
    [
      'a resource that is text',
      () => ({ privileges: { resource: 'things' } }),
      type(['privileges', 'resource'], 'String', 'Ref'),
    ],
    [
      'membership of text',
      () => ({ membership: { resource: 'things' } }),
      type(['membership', 'resource'], 'String', 'Ref'),
    ],
    [
      'a predicate that is no lambda',
      () => ({ membership: { resource: things, predicate: true } }),
      type(['membership', 'predicate'], 'Boolean', 'Query'),
    ],
    ['privileges that name nothing', () => ({ privileges: { actions: { read: true } } })],
    [
      'a resource that is not there',
      () => ({ privileges: { resource: q.Ref(things, '404'), actions: { read: true } } }),
      [['privileges', 'resource'], 'invalid reference', 'Reference was not found.'],
    ],
    ['a native collection', () => ({ privileges: { resource: q.Keys(), actions: { read: true } } })],
    ['data that is no object', () => ({ data: 1 }), type(['data'], 'Long', 'Map')],
  ];
  it.each(cases)('with %s', async (_, fields, ...failures) => {
    await checked('create_role', q.CreateRole({ name: name(), ...fields() } as never), failures);
  });

  it('names what it is called', async () => {
    await checked('create_role', q.CreateRole({} as never), [required('name')]);
    expect(await failure(q.CreateRole({ name: 'role' } as never), admin)).toEqual({
      status: 400,
      errors: [{ position: ['create_role'], code: 'instance already exists', description: 'Role already exists.' }],
    });
    expect((await failure(q.CreateRole({ name: name(), privileges: [] }), `${root}:app:server`)).status).toBe(403);
  });
});

describe('CreateAccessProvider', () => {
  const given = () => ({ name: name(), issuer: `https://${count}.example`, jwks_uri: JWKS, roles: [] as unknown });
  const role = q.Role('role');
  const predicate = lambda('token', true);
  const cases: [string, object, ...Failure[]][] = [
    ['everything', { roles: [role, { role, predicate }, 'role'] }],
    ['one role', { roles: role }],
    ['no roles', { roles: undefined }],
    ['no issuer', { issuer: undefined }, required('issuer')],
    ['an issuer that is no text', { issuer: 1 }, type(['issuer'], 'Long', 'String')],
    [
      'an issuer of another',
      { issuer: 'https://taken.example' },
      [['issuer'], 'duplicate value', 'Value is not unique.'],
    ],
    ['no jwks_uri', { jwks_uri: undefined }, required('jwks_uri')],
    [
      'http',
      { jwks_uri: 'http://keys.example' },
      [['jwks_uri'], 'invalid uri', '`http://keys.example` is a not valid URI'],
    ],
    ['no address', { jwks_uri: 'keys' }, [['jwks_uri'], 'invalid uri', '`keys` is a not valid URI']],
    ['HTTPS in capitals', { jwks_uri: 'HTTPS://keys.example' }],
    ['a jwks_uri that is no text', { jwks_uri: 1 }, type(['jwks_uri'], 'Long', 'URI')],
    ['a built-in role', { roles: 'admin' }, [['roles'], 'validation failure', 'Builtin role `admin` not allowed.']],
    [
      'an unknown and a built-in role',
      { roles: ['client', 'nobody'] },
      [['roles'], 'validation failure', 'Role `nobody` does not exist.'],
      [['roles'], 'validation failure', 'Builtin role `client` not allowed.'],
    ],
    ['a role that is a number', { roles: [1] }, type(['roles'], 'Long', 'Role')],
    ['a role without a predicate', { roles: { role } }, required('predicate')],
    ['a predicate without a role', { roles: { predicate } }, required('role')],
    [
      'a predicate that is text',
      { roles: { role, predicate: 'true' } },
      type(['roles', 'predicate'], 'String', 'Query'),
    ],
    ['a predicate that is true', { roles: { role, predicate: true } }, type(['predicate'], 'Boolean', 'Query')],
    ['nothing but a name', { issuer: undefined, jwks_uri: undefined }, required('issuer'), required('jwks_uri')],
  ];
  it.each(cases)('with %s', async (_, fields, ...failures) => {
    const exists = await fauna.must<boolean>(q.Exists(q.AccessProvider('taken')), admin);
    const taken = { ...given(), name: 'taken', issuer: 'https://taken.example' };
    if (!exists) await fauna.must(q.CreateAccessProvider(taken as never), admin);
    const all = Object.fromEntries(
      Object.entries({ ...given(), ...fields }).filter(([, value]) => value !== undefined),
    );
    await checked('create_access_provider', q.CreateAccessProvider(all as never), failures);
  });

  it('says the audience of its database, whatever it was given', async () => {
    const { global_id } = await fauna.must<{ global_id: string }>(q.Get(q.Database('app')), root);
    const fields = { ...given(), audience: 'mine' };
    const created = await fauna.must<Record<string, unknown>>(q.CreateAccessProvider(fields as never), admin);
    expect(created.audience).toBe(`https://db.fauna.com/db/${global_id}`);
    const updated = await fauna.must<Record<string, unknown>>(
      q.Update(q.AccessProvider(fields.name), { audience: 'mine', jwks_uri: `${JWKS}?x` }),
      admin,
    );
    expect(updated).toMatchObject({ audience: created.audience, jwks_uri: `${JWKS}?x`, issuer: fields.issuer });
    const replaced = await fauna.must(q.Replace(q.AccessProvider(fields.name), { data: { x: 1 } }), admin);
    expect(replaced).toMatchObject({ audience: created.audience, issuer: fields.issuer, data: { x: 1 } });
  });

  it('is an admin’s alone', async () => {
    for (const role of ['server', 'server-readonly', 'client']) {
      expect((await failure(q.CreateAccessProvider(given() as never), `${root}:app:${role}`)).status).toBe(403);
    }
  });
});

describe('a function’s role', () => {
  const define = async (role?: unknown) => {
    const created = name();
    const body = lambda('id', q.Exists(q.Ref(things, q.Var('id'))));
    await fauna.must(
      q.CreateFunction({ name: created, body, ...(role === undefined ? {} : { role }) } as never),
      admin,
    );
    const caller = name();
    const privileges = { resource: q.Function(created), actions: { call: true } };
    await fauna.must(q.CreateRole({ name: caller, privileges } as never), admin);
    const { secret } = await fauna.must<{ secret: string }>(q.CreateKey({ role: caller }), admin);
    return (...args: faunadb.ExprArg[]) => fauna.query(q.Call(q.Function(created), ...args), secret);
  };
  beforeAll(() => fauna.must(q.Create(q.Ref(things, '1')), admin));

  it.each<[string, () => unknown, boolean]>([
    ['none, so the caller’s', () => undefined, false],
    ['admin', () => 'admin', true],
    ['server', () => 'server', true],
    ['server-readonly', () => 'server-readonly', true],
    ['client', () => 'client', false],
    ['one by ref', () => q.Role('reader'), true],
    ['one by name', () => 'reader', true],
    ['several', () => [q.Role('maker'), 'reader'], true],
    ['another', () => q.Role('maker'), false],
  ])('%s', async (_, role, expected) => {
    const call = await define(role());
    expect((await call('1')).body.resource).toBe(expected);
  });

  it('keeps who is calling', async () => {
    const user = await fauna.must<{ ref: object }>(q.Create(things, { credentials: { password: 'x' } }), admin);
    const ref = new faunadb.Expr(user.ref);
    await fauna.must(
      q.CreateFunction({
        name: 'who',
        role: 'server',
        body: lambda('_', [q.CurrentIdentity(), q.CurrentToken()]),
      } as never),
      admin,
    );
    await fauna.must(
      q.CreateRole({
        name: 'callers',
        membership: { resource: things },
        privileges: { resource: q.Function('who'), actions: { call: true } },
      } as never),
      admin,
    );
    const token = await fauna.must<{ secret: string; ref: object }>(q.Login(ref, { password: 'x' }), admin);
    expect(await fauna.must(q.Call('who'), token.secret)).toEqual([user.ref, token.ref]);
  });

  it('wraps what went wrong inside, but not that it may not be called', async () => {
    const created = name();
    await fauna.must(
      q.CreateFunction({ name: created, role: 'reader', body: lambda('_', q.Create(things)) } as never),
      admin,
    );
    const { status, body } = await fauna.query(q.Call(q.Function(created)), admin);
    expect({ status, errors: body.errors }).toEqual({
      status: 400,
      errors: [
        {
          position: [],
          code: 'call error',
          description: 'Calling the function resulted in an error.',
          cause: [
            {
              position: ['expr', 'create'],
              code: 'permission denied',
              description: 'Insufficient privileges to perform the action.',
            },
          ],
        },
      ],
    });
    expect(await failure(q.Call(q.Function(created)), `${root}:app:client`)).toEqual({
      status: 403,
      errors: [
        { position: [], code: 'permission denied', description: 'Insufficient privileges to perform the action.' },
      ],
    });
  });

  it.each<[unknown, ...Failure[]]>([
    ['nobody', [['role'], 'validation failure', 'Role name `nobody` does not exist.']],
    [1, type(['role'], 'Long', 'Role')],
    [['admin'], type(['role'], 'Array', 'Role')],
  ])('is not %j', async (role, ...failures) => {
    const fields = { name: name(), body: lambda('_', 1), role };
    await checked('create_function', q.CreateFunction(fields as never), failures);
  });
});

describe('JWT login', () => {
  const key = rsaKey('one');
  const setUp = async (roles: faunadb.ExprArg) => {
    const issuer = `https://issuer.example/${++count}`;
    const jwksUri = `https://keys.example/${count}`;
    fauna.host.documents.set(jwksUri, () => jwks(jwkOf(key)));
    const provider = name();
    const { audience } = await fauna.must<{ audience: string }>(
      q.CreateAccessProvider({ name: provider, issuer, jwks_uri: jwksUri, roles } as never),
      admin,
    );
    const token = (claims: object = {}, signer = key) =>
      jwt({ alg: 'RS256', kid: signer.kid }, { iss: issuer, aud: audience, ...claims }, rsa(signer));
    return { token, jwksUri, provider };
  };
  const statuses = async (secret: string) => [
    (await fauna.query(q.Get(q.Ref(things, '1')), secret)).status,
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
        q.And(
          q.Equals(q.CurrentToken(), q.Var('token')),
          q.Equals(q.CurrentIdentity(), 'ann'),
          q.Exists(q.Ref(things, '1')),
        ),
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
    expect((await fauna.query(q.KeyFromSecret(good), key.secret)).status).toBe(403);
    const bad = `${good.slice(0, -4)}AAAA`;
    expect(await failure(q.KeyFromSecret(bad), root)).toEqual({
      status: 400,
      errors: [{ position: [], code: 'instance not found', description: `No key found for secret ${bad}.` }],
    });
  });

  it('answers 503 when the keys do not come within five seconds', async () => {
    const { token, jwksUri } = await setUp(q.Role('reader'));
    fauna.host.documents.set(jwksUri, () => new Promise<never>(() => {}));
    const { status, body } = await fauna.query(1, token());
    expect({ status, code: body.errors?.[0]?.code }).toEqual({ status: 503, code: 'time out' });
  }, 10_000);
});
