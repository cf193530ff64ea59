import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createClerkClient } from '@clerk/backend';
import faunadb from 'faunadb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { names } from '../../src/main/fauna/schema/definition.ts';
import { endState } from './support/end-state.ts';
import { connectionFileOf, runSetUp } from './support/run-set-up.ts';
import { SECRET_KEY, type Servers, startServers } from './support/servers.ts';

const q = faunadb.query;
let servers: Servers;
beforeEach(async () => {
  servers = await startServers();
});
afterEach(() => servers.close());

const clerkClient = () => createClerkClient({ secretKey: SECRET_KEY, apiUrl: servers.frontendApi });
const provider = () => servers.child.query<Record<string, unknown>>(q.Get(q.AccessProvider('clerk')));
const decline =
  (word: string) =>
  (question: string): boolean =>
    !question.includes(word);

it('shows what differs in a provider that somebody else made, and leaves it without a yes', async () => {
  await servers.root.query(q.CreateDatabase({ name: 'burrow' }));
  await servers.child.query(
    q.CreateAccessProvider({
      name: 'clerk',
      issuer: 'https://clerk.burrow.internal/',
      jwks_uri: 'https://clerk.burrow.internal/.well-known/jwks.json',
      data: { madeBy: 'ada' },
    }),
  );
  const kept = await runSetUp(servers, { answer: decline('Change the access provider') });
  expect(kept.questions).toContain('Change the access provider clerk as shown?');
  expect(kept.lines.join('\n')).toContain(
    'issuer: is "https://clerk.burrow.internal/", becomes "https://clerk.burrow.internal"',
  );
  expect(kept.steps.find(({ id }) => id === 'access-provider')).toMatchObject({
    outcome: 'kept',
    differences: [{ field: 'issuer' }, { field: 'roles' }],
  });
  expect((await provider()).issuer).toBe('https://clerk.burrow.internal/');
  expect(kept.proof).toMatchObject({ ok: false, failure: { code: 'fauna-refused-token' } });

  const changed = await runSetUp(servers);
  expect(changed).toMatchObject({ ok: true, proof: { ok: true } });
  expect(await provider()).toMatchObject({ issuer: 'https://clerk.burrow.internal', data: { madeBy: 'ada' } });
  expect((await runSetUp(servers)).result).toBe('nothing-to-do');

  await runSetUp(servers, { args: ['--undo'] });
  expect((await provider()).data).toMatchObject({ madeBy: 'ada' });
});

it('shows what differs in a template of the same name and keeps the claims of others', async () => {
  await clerkClient().jwtTemplates.create({
    name: 'fauna',
    claims: { aud: 'https://db.fauna.com/db/another', team: 'blue' },
    lifetime: 120,
  });
  const kept = await runSetUp(servers, { answer: decline('JWT template') });
  expect(kept.lines.join('\n')).toMatch(
    /claims\.aud: is "https:\/\/db\.fauna\.com\/db\/another", becomes the audience that Fauna gives/,
  );
  expect(kept.steps.find(({ id }) => id === 'jwt-template')?.outcome).toBe('kept');
  expect(kept.proof?.ok).toBe(false);
  const changed = await runSetUp(servers);
  expect(changed.proof?.ok).toBe(true);
  const { data } = await clerkClient().jwtTemplates.list();
  expect(data).toMatchObject([{ lifetime: 120, claims: { aud: (await provider()).audience, team: 'blue' } }]);
  await runSetUp(servers, { args: ['--undo'] });
  expect((await clerkClient().jwtTemplates.list()).totalCount).toBe(1);
});

it('asks before it takes back what somebody changed in the role', async () => {
  await runSetUp(servers);
  await servers.child.query(
    q.Update(q.Role('notes_owner'), { privileges: [{ resource: q.Collection('notes'), actions: { read: true } }] }),
  );
  const report = await runSetUp(servers, { answer: decline('role') });
  expect(report.steps.find(({ id }) => id === 'role:notes_owner')).toMatchObject({
    outcome: 'kept',
    differences: [{ field: 'privileges' }],
  });
  await runSetUp(servers);
  expect((await runSetUp(servers)).result).toBe('nothing-to-do');
});

it('sets an index with other terms aside, keeping it, and makes its own', async () => {
  await servers.root.query(q.CreateDatabase({ name: 'burrow' }));
  await servers.child.query(q.CreateCollection({ name: 'notes', history_days: 30 }));
  await servers.child.query(
    q.CreateIndex({ name: names.changesIndex, source: q.Collection('notes'), terms: [{ field: ['data', 'title'] }] }),
  );
  const report = await runSetUp(servers);
  expect(report.failure).toBeNull();
  const indexes = await servers.child.query<{ data: { id: string }[] }>(q.Paginate(q.Indexes()));
  expect(indexes.data.map(({ id }) => id).sort()).toEqual([
    names.changesIndex,
    expect.stringMatching(/_before_\d+$/),
    names.ownersIndex,
  ]);
  expect((await runSetUp(servers)).result).toBe('nothing-to-do');
});

it('tells a template with a key of its own from one with Clerk’s', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const own = (name: string, signingAlgorithm: string, signingKey: string) =>
    clerkClient().jwtTemplates.create({ name, claims: {}, customSigningKey: true, signingAlgorithm, signingKey });
  await own('fauna', 'RS256', pem);
  await own('shared', 'HS256', 'a secret of thirty-two characters');
  expect((await runSetUp(servers)).failure).toMatchObject({
    code: 'template-own-key',
    message:
      "The JWT template fauna signs with a key of its own (RS256), which is in no JWKS of Clerk's: Fauna cannot verify its tokens.",
  });
  expect(
    (await runSetUp(servers, { args: ['--template', 'shared', '--jwks', 'https://keys.example.com/jwks.json'] }))
      .failure,
  ).toMatchObject({
    code: 'template-own-key',
    message:
      'The JWT template shared signs with a key of its own (HS256), and Fauna takes RS256, RS384 and RS512 only.',
  });
  await runSetUp(servers, { args: ['--jwks', 'https://keys.example.com/jwks.json'] });
  expect((await provider()).jwks_uri).toBe('https://keys.example.com/jwks.json');
});

it('asks before it points an existing connection file elsewhere', async () => {
  writeFileSync(
    connectionFileOf(servers),
    JSON.stringify({ clerk: { publishableKey: 'pk_test_x' }, fauna: { endpoint: 'https://old.example.com' } }),
  );
  const report = await runSetUp(servers, { answer: decline('connection file') });
  expect(report.steps.at(-1)).toMatchObject({ id: 'connection-file', outcome: 'kept' });
  expect(readFileSync(connectionFileOf(servers), 'utf8')).toContain('old.example.com');
});

it('removes what it made, and only that, and no note', async () => {
  await clerkClient().jwtTemplates.create({ name: 'other', claims: {} });
  await clerkClient().redirectUrls.createRedirectUrl({ url: 'https://example.com/back' });
  const before = await endState(servers);
  await runSetUp(servers);
  await servers.child.query(q.Create(q.Collection('notes'), { data: { owner: 'user_ada', body: 'mine' } }));

  const asked = await runSetUp(servers, { args: ['--undo'], answer: () => false });
  expect(asked).toMatchObject({ ok: false, result: 'needs-a-yes' });
  const undone = await runSetUp(servers, { args: ['--undo'] });
  expect(undone.steps.filter(({ outcome }) => outcome === 'removed').map(({ id }) => id)).toEqual([
    'connection-file',
    'redirect-url',
    'jwt-template',
    'keys',
    'access-provider',
    'role:burrow_doctor',
    'role:notes_owner',
    'owners-index',
    'index',
  ]);
  expect(await servers.child.query(q.Count(q.Documents(q.Collection('notes'))))).toBe(1);
  const left = await endState(servers);
  expect(left).toMatchObject({
    templates: before.templates,
    redirects: before.redirects,
    connectionFile: null,
    keyFile: [],
    keys: [],
    childKeys: [],
    roles: [],
    providers: [],
    indexes: [],
  });

  // The rest goes when it is told to, and set-up begins anew.
  await runSetUp(servers, { args: ['--undo', '--delete-data'] });
  expect(await endState(servers)).toEqual(before);
  expect(await runSetUp(servers)).toMatchObject({ ok: true, proof: { ok: true } });
});

it('undoes a set-up that was cut off, from a computer that has none of its files', async () => {
  const before = await endState(servers);
  let left = 55;
  await runSetUp(servers, {
    fetch: (url, init) => (left-- > 0 ? fetch(url, init) : Promise.reject(new TypeError('the process is gone'))),
  });
  expect(await endState(servers)).not.toEqual(before);
  await runSetUp(servers, {
    args: ['--undo', '--delete-data', '--connection', 'other.json', '--key-file', 'other.env'],
  });
  expect(await endState(servers)).toMatchObject({ databases: [], keys: [], templates: [], redirects: [] });
});
