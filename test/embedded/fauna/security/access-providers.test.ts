import { describe, expect, it } from 'vitest';
import { makeReaderAndMaker } from './databases.ts';
import { type Failure, failed, invalid, required, type } from './expectations.ts';
import { admin, as, denied, lambda, loginFauna, q, root, thing } from './fixture.ts';

const JWKS = 'https://keys.example/jwks.json';

const fauna = loginFauna(async (app) => {
  await makeReaderAndMaker(app);
  const taken = { name: 'taken', issuer: 'https://taken.example', jwks_uri: JWKS, roles: [] };
  await app.must(q.CreateAccessProvider(taken), admin);
});

const given = () => {
  const name = `provider${fauna.fresh()}`;
  return { name, issuer: `https://${name}.example`, jwks_uri: JWKS, roles: [] as unknown };
};
const create = (fields: object) => q.CreateAccessProvider(fields as never);

describe('CreateAccessProvider', () => {
  const role = q.Role('nothing');
  const predicate = lambda('token', true);
  const uri = (text: string): Failure => [['jwks_uri'], 'invalid uri', `\`${text}\` is a not valid URI`];
  const dangling: Failure = [['roles'], 'invalid reference', 'Reference was not found.'];
  const notARole = (actual: string) => type(['roles'], actual, 'Role');

  /** Records name their fields without the way to them; of several roles the first bad one counts. */
  it.each<[string, object, ...Failure[]]>([
    ['everything', { roles: [role, { role, predicate }, 'nothing'] }],
    ['one role', { roles: role }],
    ['no roles', { roles: undefined }],
    ['an empty object as roles', { roles: {} }],
    ['no issuer', { issuer: undefined }, required('issuer')],
    ['an issuer that is no text', { issuer: 1 }, type(['issuer'], 'Long', 'String')],
    [
      'an issuer of another',
      { issuer: 'https://taken.example' },
      [['issuer'], 'duplicate value', 'Value is not unique.'],
    ],
    ['no jwks_uri', { jwks_uri: undefined }, required('jwks_uri')],
    ['http', { jwks_uri: 'http://keys.example' }, uri('http://keys.example')],
    ['no address', { jwks_uri: 'keys' }, uri('keys')],
    ['a port that is none', { jwks_uri: 'https://keys.example:x' }, uri('https://keys.example:x')],
    ['HTTPS in capitals', { jwks_uri: 'HTTPS://keys.example' }],
    ['an address only Java takes', { jwks_uri: ' url:https://keys example' }],
    ['a jwks_uri that is no text', { jwks_uri: 1 }, type(['jwks_uri'], 'Long', 'URI')],
    ['a built-in role', { roles: 'admin' }, [['roles'], 'validation failure', 'Builtin role `admin` not allowed.']],
    [
      'an unknown and a built-in role',
      { roles: ['client', 'nobody'] },
      [['roles'], 'validation failure', 'Role `nobody` does not exist.'],
      [['roles'], 'validation failure', 'Builtin role `client` not allowed.'],
    ],
    [
      'an unknown role with a predicate',
      { roles: { role: 'nobody', predicate } },
      [['roles'], 'validation failure', 'Role `nobody` does not exist.'],
    ],
    ['a role that is a number', { roles: [1, true] }, notARole('Long')],
    ['a role that is a document', { roles: [thing('1')] }, notARole('Ref'), dangling],
    ['a role without a predicate', { roles: { role } }, required('predicate')],
    ['a predicate without a role', { roles: { predicate } }, required('role')],
    [
      'a predicate with a document for a role',
      { roles: { role: thing('1'), predicate } },
      type(['role'], 'Ref', 'Role Ref'),
      [['roles', 'role'], 'invalid reference', 'Reference was not found.'],
    ],
    [
      'a predicate that is text',
      { roles: { role, predicate: 'true' } },
      type(['roles', 'predicate'], 'String', 'Query'),
    ],
    ['a predicate that is true', { roles: { role, predicate: true } }, type(['predicate'], 'Boolean', 'Query')],
    [
      'a name that is none',
      { name: 'a b' },
      [
        ['name'],
        'invalid characters',
        'The name a b uses invalid characters. Valid characters must match: [;@+$\\-_.!~%\\w]+',
      ],
    ],
    ['nothing but a name', { issuer: undefined, jwks_uri: undefined }, required('issuer'), required('jwks_uri')],
  ])('with %s', async (_, fields, ...failures) => {
    const all = Object.entries({ ...given(), ...fields }).filter(([, value]) => value !== undefined);
    expect(await fauna.failure(create(Object.fromEntries(all)))).toEqual(
      failures.length === 0 ? { status: 201, errors: undefined } : invalid(['create_access_provider'], ...failures),
    );
  });

  it('says the audience of its database, whatever it was given', async () => {
    const { global_id } = await fauna.must<{ global_id: string }>(q.Get(q.Database('app')), root);
    const fields = { ...given(), audience: 'mine' };
    const created = await fauna.must<Record<string, unknown>>(create(fields), admin);
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
      expect(await fauna.failure(create(given()), as(role))).toEqual(denied('create_access_provider'));
    }
  });

  it('takes a name once, and an issuer once whoever changes it', async () => {
    expect(await fauna.failure(create({ ...given(), name: 'taken' }))).toEqual(
      failed('instance already exists', 'other already exists.', ['create_access_provider']),
    );
    const fields = given();
    await fauna.must(create(fields), admin);
    expect(await fauna.failure(q.Update(q.AccessProvider(fields.name), { issuer: 'https://taken.example' }))).toEqual(
      invalid([], [['issuer'], 'duplicate value', 'Value is not unique.']),
    );
    await fauna.must(q.Update(q.AccessProvider(fields.name), { issuer: fields.issuer }), admin);
  });
});
