import faunadb from 'faunadb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endState } from './support/end-state.ts';
import { runSetUp } from './support/run-set-up.ts';
import { type Servers, startServers } from './support/servers.ts';

const q = faunadb.query;
const NOTES = 150;
let servers: Servers;

/** Schema 0, with notes in it. */
const oldSchema = async (): Promise<void> => {
  const data = { burrow: 0 };
  await servers.root.query(q.CreateDatabase({ name: 'burrow', data }));
  await servers.child.query(q.CreateCollection({ name: 'notes', history_days: 0, data }));
  await servers.child.query(
    q.CreateIndex({
      name: 'notes_by_owner',
      source: q.Collection('notes'),
      terms: [{ field: ['data', 'owner'] }],
      data,
    }),
  );
  await servers.child.query(
    q.CreateRole({
      name: 'notes_owner',
      privileges: [{ resource: q.Collection('notes'), actions: { read: q.Query(q.Lambda('r', true)) } }],
      data,
    }),
  );
  await servers.child.query(
    q.Foreach(
      [...Array(NOTES).keys()],
      q.Lambda(
        'n',
        q.Create(q.Collection('notes'), { data: { owner: 'user_ada', title: q.ToString(q.Var('n')), body: 'text' } }),
      ),
    ),
  );
};

beforeEach(async () => {
  servers = await startServers();
  await oldSchema();
});
afterEach(() => servers.close());

const formats = () =>
  servers.child.query<{ data: unknown[] }>(
    q.Map(
      q.Paginate(q.Documents(q.Collection('notes')), { size: 1000 }),
      q.Lambda('r', q.Select(['data', 'format'], q.Get(q.Var('r')), null)),
    ),
  );

it('brings an older schema and its notes up to date and says what it changed', async () => {
  const planned = await runSetUp(servers, { args: ['--dry-run'] });
  expect(planned.lines).toContain('~ to update  notes of an older schema');
  expect((await formats()).data).toEqual(Array(NOTES).fill(null));

  const report = await runSetUp(servers);
  expect(report).toMatchObject({ ok: true, proof: { ok: true } });
  expect(report.lines).toContain(`${NOTES} notes brought into format 1`);
  expect(report.steps.filter(({ outcome }) => outcome === 'updated').map(({ id }) => id)).toEqual([
    'database',
    'notes',
    'collection',
    'role:notes_owner',
    'retired-index',
  ]);
  const note = await servers.child.query<{ data: object }>(q.Get(q.Documents(q.Collection('notes'))));
  expect(note.data).toMatchObject({ owner: 'user_ada', body: 'text', format: 1, tags: [], pinned: false });
  const page = await servers.child.query<{ data: unknown[] }>(
    q.Paginate(q.Match(q.Index('notes_by_owner_changed'), 'user_ada'), { size: 1000 }),
  );
  expect(page.data).toHaveLength(NOTES);
  expect((await runSetUp(servers)).result).toBe('nothing-to-do');
});

it('cut off while it migrates and run again, it comes to the same end', async () => {
  let requests = 0;
  const counted = await startServers();
  const first = servers;
  servers = counted;
  await oldSchema();
  await runSetUp(servers, { fetch: (url, init) => fetch(url, init).finally(() => requests++) });
  const wanted = await endState(servers);
  await servers.close();
  servers = first;
  // A cut at each of the requests that look and migrate; what comes later is in interrupted.test.ts.
  for (let count = 12; count < Math.min(requests, 40); count += 2) {
    await servers.close();
    servers = await startServers();
    await oldSchema();
    let left = count;
    await runSetUp(servers, {
      fetch: (url, init) => (left-- > 0 ? fetch(url, init) : Promise.reject(new TypeError('the process is gone'))),
    });
    expect(await runSetUp(servers)).toMatchObject({ ok: true, proof: { ok: true } });
    expect({ count, ...(await endState(servers)) }).toEqual({ count, ...wanted });
    expect((await formats()).data).toEqual(Array(NOTES).fill(1));
  }
}, 120_000);

it('leaves the schema of a newer Burrow alone', async () => {
  await servers.child.query(q.Update(q.Collection('notes'), { data: { burrow: 99 } }));
  const report = await runSetUp(servers);
  expect(report).toMatchObject({
    ok: false,
    result: 'failed',
    failure: { code: 'schema-newer', mend: 'Update Burrow and run set-up again.' },
  });
  expect((await formats()).data).toEqual(Array(NOTES).fill(null));
});
