import faunadb from 'faunadb';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { createFaunaClient } from '../../../src/main/fauna/client.ts';
import { doctorRole, names, notesReaderRole, PROBE_OWNER } from '../../../src/main/fauna/schema/definition.ts';
import { setUpFauna } from '../../../src/main/fauna/schema/set-up.ts';
import { root, serveFauna } from '../../embedded/fauna/security/served.ts';
import { createSigner } from '../identity/tokens.ts';

// Who makes a document sees the history under its id: an id must not be had from another owner.

const q = faunadb.query;
const DAY = 24 * 60 * 60 * 1000;
const issuer = 'https://clerk.example';
const endpoint = 'http://fauna.internal';
const notes = q.Collection(names.collection);
const ref = q.Ref(notes, '1001');
const note = (owner: unknown, body = `of ${owner}`) => q.Create(ref, { data: { owner, body } } as never);
const events = q.Paginate(q.Events(ref));

const startWorld = async () => {
  const fauna = serveFauna();
  onTestFinished(() => fauna.close());
  const signer = await createSigner();
  fauna.host.documents.set(`${issuer}/jwks`, () => Response.json(signer.jwks));
  const fetch = (url: string | URL, { signal: _, ...init }: RequestInit = {}) => fauna.handle(new Request(url, init));
  const { audience } = await setUpFauna({ endpoint, adminKey: root, fetch, issuer, jwksUri: `${issuer}/jwks` });
  const client = (secret: string) => createFaunaClient({ endpoint, secret, fetch });
  const login = async (sub: string) => client(await signer.sign({ iss: issuer, aud: audience, sub }));
  return {
    advance: fauna.advance,
    client,
    admin: client(`${root}:${names.database}:admin`),
    ann: await login('ann'),
    bob: await login('bob'),
  };
};

/** What Fauna answers, errors in full. */
const answer = (asked: Promise<unknown>) =>
  asked.then(
    (value) => ({ value: JSON.parse(JSON.stringify(value)) as unknown }),
    (error: InstanceType<typeof faunadb.errors.FaunaHTTPError>) => ({
      status: error.requestResult.statusCode,
      ...(error.requestResult.responseContent as { errors?: unknown[] }),
    }),
  );
const denied = (...position: string[]) => ({
  status: 403,
  errors: [{ position, code: 'permission denied', description: 'Insufficient privileges to perform the action.' }],
});

let world: Awaited<ReturnType<typeof startWorld>>;
beforeEach(async () => {
  world = await startWorld();
});

it('the id of a note that was deleted is not to be had, and stays its owner’s', async () => {
  const { admin, ann, bob } = world;
  await ann.query(note('ann'));
  await admin.query(q.Delete(ref));
  expect(await answer(bob.query(note('bob')))).toEqual(denied('create'));
  expect(await answer(bob.query(events))).toEqual(denied('paginate'));
  await ann.query(note('ann', 'again'));
  await ann.query(q.Delete(ref));
  expect(await answer(bob.query(note('bob')))).toEqual(denied('create'));
  await ann.query(note('ann', 'and again'));
  const all = await ann.query<{ data: { action: string }[] }>(events);
  expect(all.data.map(({ action }) => action)).toEqual(['create', 'delete', 'create', 'delete', 'create']);
});

it('a note that is there answers the same, so that nobody learns of it', async () => {
  const { ann, bob } = world;
  await ann.query(note('ann'));
  expect(await answer(bob.query(note('bob')))).toEqual(denied('create'));
  expect(await answer(ann.query(note('ann')))).toEqual({
    status: 400,
    errors: [{ position: ['create'], code: 'instance already exists', description: 'Document already exists.' }],
  });
});

it.each([
  ['of another for a while', ['ann', 'carol', 'ann']],
  ['of nobody', [null]],
  ['of several', [['ann', 'bob']]],
  ['first one’s own and then another’s', ['bob', 'ann']],
])('an id %s is not to be had', async (_what, owners) => {
  const { admin, bob } = world;
  await admin.query(note(owners[0]));
  for (const owner of owners.slice(1)) await admin.query(q.Update(ref, { data: { owner } } as never));
  await admin.query(q.Delete(ref));
  expect(await answer(bob.query(note('bob')))).toEqual(denied('create'));
});

it('an id whose history is no longer kept is free again, and nothing is under it', async () => {
  const { admin, advance, ann, bob } = world;
  await ann.query(note('ann'));
  advance(29 * DAY);
  await admin.query(q.Delete(ref));
  // The day it was made is no longer in the history, the day it was deleted is.
  advance(29 * DAY);
  expect(await answer(bob.query(note('bob')))).toEqual(denied('create'));
  advance(2 * DAY);
  await bob.query(note('bob'));
  const seen = await bob.query<{ data: { action: string }[] }>(events);
  expect(seen.data.map(({ action }) => action)).toEqual(['create']);
  expect(JSON.stringify(seen)).not.toContain('ann');
});

it('a note of many changes and returns may still be made again by its owner', async () => {
  const { ann, bob } = world;
  for (let round = 0; round < 100; round++) {
    await ann.query(q.Do(note('ann'), q.Update(ref, { data: { body: `round ${round}` } })));
    await ann.query(q.Delete(ref));
  }
  expect(await answer(bob.query(note('bob')))).toEqual(denied('create'));
  expect(await answer(ann.query(q.Select(['data', 'owner'], note('ann'))))).toEqual({ value: 'ann' });
});

it('without the index nobody may choose an id', async () => {
  const { admin, ann } = world;
  await admin.query(q.Delete(q.Index(names.ownersIndex)));
  expect(await answer(ann.query(note('ann')))).toEqual(denied('create'));
});

it('the index itself can be asked by nobody', async () => {
  const { ann } = world;
  await ann.query(note('ann'));
  const owners = q.Match(q.Index(names.ownersIndex), ref);
  expect(await answer(ann.query(q.Paginate(owners)))).toEqual(denied('paginate'));
  expect(await answer(ann.query(q.Paginate(q.Events(owners))))).toEqual(denied('paginate'));
});

it('who does not name an id cannot choose one', async () => {
  const { admin, bob } = world;
  const chosen = { data: { owner: 'bob' }, id: '1001', ref, ts: 1 };
  const made = await bob.query<{ ref: faunadb.values.Ref }>(q.Create(notes, chosen));
  expect(made.ref.id).not.toBe('1001');
  expect(await admin.query(q.Exists(ref))).toBe(false);
});

it('neither the role that only looks nor the doctor’s may make a note under an id', async () => {
  const { admin, ann, client } = world;
  await ann.query(note('ann'));
  await admin.query(q.Delete(ref));
  const key = await admin.query<{ secret: string }>(q.CreateKey({ role: q.Role(doctorRole.name) }));
  await admin.query(q.CreateRole(notesReaderRole as never));
  const granted = { roles: [q.Role(notesReaderRole.name)] };
  await admin.query(q.Update(q.AccessProvider(names.accessProvider), granted));
  for (const [someone, owner] of [
    [ann, 'ann'],
    [client(key.secret), PROBE_OWNER],
  ] as const) {
    expect(await answer(someone.query(note(owner)))).toEqual(denied('create'));
    expect(await answer(someone.query(events))).toEqual(denied('paginate'));
    expect(await answer(someone.query(q.Get(ref)))).toEqual(denied());
  }
});
