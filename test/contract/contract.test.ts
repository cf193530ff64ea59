import { randomInt } from 'node:crypto';
import faunadb from 'faunadb';
import { expect, it } from 'vitest';
import { whatIsTooMuch } from '../../src/main/diagnosis/probes/other-owner.ts';
import { rehearse, writeAndReadBack } from '../../src/main/diagnosis/probes/own-note.ts';
import { names } from '../../src/main/fauna/schema/definition.ts';
import { faunaSteps } from '../../src/main/fauna/schema/plan.ts';
import { runSteps } from '../../src/main/fauna/schema/set-up.ts';
import { onEndpoint } from './endpoint.ts';

// What Burrow asks of a Fauna, on any endpoint: npm run test:contract -- --endpoint URL --key KEY.

const q = faunadb.query;
const notes = q.Collection(names.collection);
const newRef = () => q.Ref(notes, String(randomInt(1, 2 ** 47)));
const outcome = (asked: Promise<unknown>) =>
  asked.then(
    () => 'ok',
    (error: { name?: string; requestResult?: { statusCode?: number } }) =>
      `${error.requestResult?.statusCode} ${error.name}`,
  );

it('is set up by the driver, and a second run finds nothing to do', async () => {
  const fauna = await onEndpoint();
  expect(fauna.changes).toHaveLength(7);
  expect(fauna.audience).toMatch(/^https:\/\/db\.fauna\.com\/db\/\w+$/);
  expect(await runSteps(faunaSteps(fauna.plan, fauna.clients))).toEqual([]);
});

it('takes a token and says whom it stands for', async () => {
  const fauna = await onEndpoint();
  const client = fauna.client(await fauna.tokenFor('user_ada', 600, { plan: 'pro' }));
  expect(await client.query(q.CurrentIdentity())).toBe('user_ada');
  expect(await client.query(q.Select('plan', q.CurrentToken()))).toBe('pro');
});

it('refuses a token that is late, early, for others, or of others, with one bare 401', async () => {
  const fauna = await onEndpoint();
  const now = Math.floor(Date.now() / 1000);
  const tries = {
    expired: await fauna.tokenFor('user_ada', -60),
    early: await fauna.tokenFor('user_ada', 600, { nbf: now + 300 }),
    'other audience': await fauna.tokenFor('user_ada', 600, { aud: 'https://db.fauna.com/db/another' }),
    'no audience': await fauna.tokenFor('user_ada', 600, { aud: undefined }),
    'issuer with a slash': await fauna.tokenFor('user_ada', 600, { iss: `${fauna.plan.issuer}/` }),
  };
  for (const [what, token] of Object.entries(tries)) {
    expect([what, await outcome(fauna.client(token).query(q.Now()))]).toEqual([what, '401 Unauthorized']);
  }
});

it('lets an owner do all that the app does, and nobody else anything', async () => {
  const fauna = await onEndpoint();
  const ada = fauna.client(await fauna.tokenFor('user_ada'));
  expect(await rehearse(ada, 'user_ada')).toEqual([]);
  await writeAndReadBack(ada, 'user_ada');
  expect(await whatIsTooMuch(ada, 'user_ada', fauna.client(fauna.admin))).toEqual([]);

  const eve = fauna.client(await fauna.tokenFor('user_eve'));
  const ref = newRef();
  await ada.query(q.Create(ref, { data: { owner: 'user_ada', format: 1, body: 'mine' } }));
  expect(await outcome(eve.query(q.Get(ref)))).toBe('403 PermissionDenied');
  expect(await outcome(eve.query(q.Update(ref, { data: { body: 'hers' } })))).toBe('403 PermissionDenied');
  expect(await outcome(eve.query(q.Delete(ref)))).toBe('403 PermissionDenied');
  expect(await eve.query(q.Exists(ref))).toBe(false);
  expect(await eve.query(q.Count(q.Documents(notes)))).toBe(0);
});

it('gives nobody an id that was another owner’s, nor what was under it, and its owner may have it again', async () => {
  const fauna = await onEndpoint();
  const ada = fauna.client(await fauna.tokenFor('user_ada'));
  const eve = fauna.client(await fauna.tokenFor('user_eve'));
  const ref = newRef();
  const note = (owner: string) => q.Create(ref, { data: { owner, format: 1, body: `of ${owner}` } });
  const { ts } = await ada.query<{ ts: number }>(note('user_ada'));
  await fauna.client(fauna.admin).query(q.Delete(ref));

  const streamed: unknown[] = [];
  const stream = eve.stream(ref, { fields: ['action', 'document', 'diff', 'prev'] });
  for (const type of ['version', 'history_rewrite', 'error']) stream.on(type as 'version', (one) => streamed.push(one));
  await new Promise((resolve) => {
    stream.on('start', resolve);
    stream.start();
  });
  const tries = {
    'make it': note('user_eve'),
    'make it and look': q.Do(note('user_eve'), q.Paginate(q.Events(ref))),
    'its events': q.Paginate(q.Events(ref)),
    'read it at a past time': q.Get(ref, ts),
    'read it within At': q.At(ts, q.Get(ref)),
  };
  for (const [what, expression] of Object.entries(tries)) {
    expect([what, await outcome(eve.query(expression))]).toEqual([what, '403 PermissionDenied']);
  }
  await ada.query(note('user_ada'));
  await ada.query(q.Update(ref, { data: { body: 'and on' } }));
  const events = await ada.query<{ data: { action: string }[] }>(q.Paginate(q.Events(ref)));
  expect(events.data.map(({ action }) => action)).toEqual(['create', 'delete', 'create', 'update']);
  expect(await outcome(eve.query(note('user_eve')))).toBe('403 PermissionDenied');
  stream.close();
  expect(streamed).toEqual([]);
});

it('keeps the index in the order of change, and history', async () => {
  const fauna = await onEndpoint();
  const ada = fauna.client(await fauna.tokenFor('user_ada'));
  const refs = [newRef(), newRef(), newRef()];
  for (const ref of refs) await ada.query(q.Create(ref, { data: { owner: 'user_ada', format: 1, body: '1' } }));
  await ada.query(q.Update(refs[0] as faunadb.Expr, { data: { body: '2' } }));
  const page = await ada.query<{ data: [number, faunadb.values.Ref][] }>(
    q.Paginate(q.Match(q.Index(names.changesIndex), 'user_ada')),
  );
  const ids = refs.map((ref) => (JSON.parse(JSON.stringify(ref)) as { id: string }).id);
  expect(page.data.map(([, ref]) => String(ref.id))).toEqual([ids[1], ids[2], ids[0]]);
  expect(page.data.map(([ts]) => ts)).toEqual([...page.data.map(([ts]) => ts)].sort((a, b) => a - b));
  const events = await ada.query<{ data: { action: string }[] }>(q.Paginate(q.Events(refs[0] as faunadb.Expr)));
  expect(events.data.map(({ action }) => action)).toEqual(['create', 'update']);
});

it('compares and sets in one transaction', async () => {
  const fauna = await onEndpoint();
  const ada = fauna.client(await fauna.tokenFor('user_ada'));
  const ref = newRef();
  const { ts } = await ada.query<{ ts: number }>(q.Create(ref, { data: { owner: 'user_ada', n: 0 } }));
  const set = (n: number) =>
    ada.query<string>(
      q.If(q.Equals(q.Select('ts', q.Get(ref)), ts), q.Do(q.Update(ref, { data: { n } }), 'written'), 'found'),
    );
  const answers = await Promise.all([1, 2, 3, 4].map((n) => set(n)));
  expect(answers.filter((one) => one === 'written')).toHaveLength(1);
});

it('streams the changes of one owner', async () => {
  const fauna = await onEndpoint();
  const ada = fauna.client(await fauna.tokenFor('user_ada'));
  const eve = fauna.client(await fauna.tokenFor('user_eve'));
  const seen: string[] = [];
  const stream = ada.stream(q.Match(q.Index(names.changesIndex), 'user_ada'));
  const heard = new Promise<void>((resolve, reject) => {
    stream.on('start', () => {
      seen.push('start');
      void eve
        .query(q.Create(newRef(), { data: { owner: 'user_eve', format: 1 } }))
        .then(() => ada.query(q.Create(newRef(), { data: { owner: 'user_ada', format: 1 } })))
        .catch(reject);
    });
    stream.on('set', (event: unknown) => {
      seen.push((event as { action: string }).action);
      resolve();
    });
    stream.on('error', reject);
  });
  stream.start();
  await heard;
  stream.close();
  expect(seen).toEqual(['start', 'add']);
});

it('brings bytes, half pairs of emoji and 63-bit ids through whole', async () => {
  const fauna = await onEndpoint();
  const ada = fauna.client(await fauna.tokenFor('user_ada'));
  const ref = q.Ref(notes, '9223372036854775000');
  const state = Uint8Array.from({ length: 256 }, (_, at) => at);
  await ada.query(
    q.Create(ref, { data: { owner: 'user_ada', body: 'naïve 🦫 ‮', state: new faunadb.values.Bytes(state) } }),
  );
  const back = await ada.query<{ ref: faunadb.values.Ref; data: { body: string; state: unknown } }>(q.Get(ref));
  expect(back.ref.id).toBe('9223372036854775000');
  expect(back.data.body).toBe('naïve 🦫 ‮');
  expect(JSON.parse(JSON.stringify(back.data.state))).toEqual({ '@bytes': Buffer.from(state).toString('base64') });
});
