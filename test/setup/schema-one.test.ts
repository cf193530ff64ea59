import faunadb from 'faunadb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFaunaClient } from '../../src/main/fauna/client.ts';
import { names, notesOwnerRole } from '../../src/main/fauna/schema/definition.ts';
import { endState } from './support/end-state.ts';
import { runSetUp } from './support/run-set-up.ts';
import { change, ownersIndex, provider, role } from './support/schema-change.ts';
import { type Servers, startServers } from './support/servers.ts';

// Schema 1 had no index of owners, and its role gave the id of a deleted note to whoever asked.

const q = faunadb.query;
const notes = q.Collection(names.collection);
const deleted = q.Ref(notes, '1001');
/** More than are indexed as the index is made. */
const NOTES = 300;
let servers: Servers;
let wanted: unknown;

const note = (owner: string) => ({ data: { owner, format: 1, body: `of ${owner}` } });

const downgrade = async (): Promise<void> => {
  const [ofNotes, ofIndex] = notesOwnerRole.privileges;
  const owns = q.Equals(q.CurrentIdentity(), q.Select(['data', 'owner'], q.Var('new')));
  const actions = { ...ofNotes?.actions, create_with_id: q.Query(q.Lambda(['new', 'ref'], owns)) };
  const data = { burrow: 1 };
  await servers.root.query(q.Update(q.Database('burrow'), { data }));
  await change(() =>
    q.Do(
      q.Delete(ownersIndex),
      q.Update(role, { privileges: [{ ...ofNotes, actions }, ofIndex], data }),
      ...[notes, q.Index(names.changesIndex), q.Role(names.doctorRole), provider].map((ref) => q.Update(ref, { data })),
    ),
  )(servers);
};

beforeEach(async () => {
  servers = await startServers();
  await runSetUp(servers);
  wanted = await endState(servers);
  await downgrade();
  await servers.child.query(
    q.Do(
      q.Create(deleted, note('user_ada')),
      q.Foreach([...Array(NOTES).keys()], q.Lambda('_', q.Create(notes, note('user_ada')))),
    ),
  );
  await servers.child.query(q.Delete(deleted));
});
afterEach(() => servers.close());

const tokenClient = async (sub: string) => {
  const aud = await servers.child.query<string>(q.Select('audience', q.Get(provider)));
  const secret = await servers.mint({ iss: servers.issuer, aud, sub });
  return createFaunaClient({ endpoint: servers.faunaEndpoint, secret, fetch });
};

it('is brought up to date without a question about its values, and its notes are left as they are', async () => {
  const report = await runSetUp(servers);
  expect(report).toMatchObject({ ok: true, failure: null, proof: { ok: true } });
  expect(report.questions).toEqual(['Go on as planned?']);
  expect(report.steps.flatMap(({ id, outcome }) => (outcome === 'unchanged' ? [] : [`${id} ${outcome}`]))).toEqual([
    'database updated',
    'collection updated',
    'index updated',
    'owners-index made',
    'role:notes_owner updated',
    'role:burrow_doctor updated',
    'access-provider updated',
  ]);
  expect(report.lines.filter((line) => line.includes('into format'))).toEqual([]);
  expect(await servers.child.query(q.Select('active', q.Get(ownersIndex)))).toBe(true);
  expect(await endState(servers)).toEqual(wanted);
  expect((await runSetUp(servers)).result).toBe('nothing-to-do');
});

it('then keeps the id of a note that was deleted before for its owner', async () => {
  const [ada, eve] = [await tokenClient('user_ada'), await tokenClient('user_eve')];
  const leak = q.Do(q.Create(deleted, note('user_eve')), q.Paginate(q.Events(deleted)), q.Abort('reached'));
  await expect(eve.query(leak)).rejects.toMatchObject({ description: 'reached' });

  await runSetUp(servers);
  await expect(eve.query(leak)).rejects.toMatchObject({
    name: 'PermissionDenied',
    requestResult: { responseContent: { errors: [{ position: ['do', 0, 'create'], code: 'permission denied' }] } },
    description: 'Insufficient privileges to perform the action.',
  });
  await ada.query(q.Create(deleted, note('user_ada')));
  const events = await ada.query<{ data: { action: string }[] }>(q.Paginate(q.Events(deleted)));
  expect(events.data.map(({ action }) => action)).toEqual(['create', 'delete', 'create']);
});
