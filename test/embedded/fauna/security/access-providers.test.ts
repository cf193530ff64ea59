import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Failure, failure, invalid, lambda, required, type } from './expectations.ts';
import { root, type Served, serveFauna } from './served.ts';

const q = faunadb.query;
const admin = `${root}:app:admin`;
const things = q.Collection('things');
const JWKS = 'https://keys.example/jwks.json';

let fauna: Served;
let count = 0;
const name = () => `n${++count}`;
beforeAll(async () => {
  fauna = serveFauna();
  await fauna.must(q.CreateDatabase({ name: 'app' }), root);
  await fauna.must(q.CreateCollection({ name: 'things' }), admin);
  await fauna.must(q.CreateRole({ name: 'role', privileges: [] }), admin);
  const grant = (role: string, actions: object) =>
    fauna.must(q.CreateRole({ name: role, privileges: { resource: things, actions } } as never), admin);
  await grant('reader', { read: true });
  await grant('maker', { create: true });
});
afterAll(() => fauna.close());

async function checked(key: string, query: faunadb.ExprArg, failures: readonly Failure[]) {
  const result = await failure(fauna, query, admin);
  if (failures.length === 0) expect(result).toEqual({ status: 201, errors: undefined });
  else expect(result).toEqual(invalid([key], ...failures));
}

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
      expect((await failure(fauna, q.CreateAccessProvider(given() as never), `${root}:app:${role}`)).status).toBe(403);
    }
  });
});
