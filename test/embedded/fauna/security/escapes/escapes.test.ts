/** The app's own role, made by the app's own set-up: nothing of one account is seen or changed by another. */
import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denied } from '../fixture.ts';
import { type Case, documents, page, schema } from './documents.ts';
import { collections, combined, matches, refs } from './sets.ts';
import {
  ANN_NOTE,
  admin,
  annDeleted,
  annNote,
  BOB_NOTE,
  bobNote,
  makeWorld,
  note,
  notes,
  ofAnn,
  ofBob,
  people,
  SECRET,
  seenBy,
  unguarded,
  WAYS,
  type World,
} from './world.ts';
import { writes } from './writes.ts';

const q = faunadb.query;

/** Makes a note, changes it and deletes it: nothing of it is to be seen afterwards. */
const changeOwn = q.Do(
  q.Create(note('2002'), { data: { owner: 'bob' } }),
  q.Update(note('2002'), { data: { text: 'changed' } }),
  q.Delete(note('2002')),
);

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 30_000);
afterAll(() => world.fauna.close());

/** Everything there is to see of the first account's notes, and the schema. */
const everything = () =>
  world.fauna.must(
    [
      q.Get(annNote),
      q.Paginate(q.Events(annNote)),
      q.Paginate(q.Events(annDeleted)),
      q.Count(ofAnn),
      ...[q.Roles(), q.Indexes(), q.Collections(), q.Functions(), q.Keys(), q.Tokens(), q.Credentials()].map((set) =>
        q.Paginate(set),
      ),
    ] as never,
    admin,
  );

it('lets its holder do what the app does', async () => {
  const { fauna, ann, bob } = world;
  expect(await fauna.must(q.Select(['data', 'text'], q.Get(bobNote)), bob)).toBe('mine');
  expect(await fauna.must(refs(q.Paginate(ofBob)), bob)).toEqual({ data: [BOB_NOTE] });
  expect(await fauna.must(refs(q.Paginate(ofAnn)), ann)).toEqual({ data: [ANN_NOTE] });
  expect(await fauna.must(q.Count(q.Documents(notes)), ann)).toBe(1);
  expect(await fauna.must(q.Count(q.Select('data', q.Paginate(q.Events(annNote)))), ann)).toBe(2);
  await fauna.must(changeOwn, bob);
});

describe.each(WAYS)('a role that owns its notes, %s', (way) => {
  const attack = (query: ReturnType<Case[1]>) => world.attacks[way](query);

  it('lets its holder read and write its own', async () => {
    expect(await attack(changeOwn)).toMatchObject({ status: 200 });
    expect(await attack(refs(q.Paginate(ofBob)))).toEqual(page(BOB_NOTE));
  });

  it.each([...documents, ...matches, ...combined, ...collections])(
    'shows nothing of another account by %s',
    async (_, query, expected) => {
      expect(await attack(query(world.past))).toEqual(seenBy(way, expected));
    },
  );

  it.each(schema)('shows nothing of the schema: %s', async (_, query, expected) => {
    expect(await attack(query(world.past))).toEqual(seenBy(way, expected));
  });

  it.each(writes)('changes nothing: %s', async (_, query, expected) => {
    const before = await everything();
    expect(await attack(query(world.past))).toEqual(seenBy(way, expected));
    expect(await everything()).toEqual(before);
  });
});

describe('streams of another account', () => {
  const open = (query: faunadb.Expr, secret: string) =>
    world.fauna.handle(
      new Request('http://fauna.internal/stream', {
        method: 'POST',
        headers: { 'x-faunadb-api-version': '4', authorization: `Bearer ${secret}` },
        body: JSON.stringify(query),
      }),
    );

  it.each(WAYS.slice(0, -1))('are not opened on what has to be read first, %s', async (way) => {
    for (const [query, position] of [
      [q.Get(annNote), []],
      [q.Select(0, q.Paginate(q.Events(annNote))), ['from', 'paginate']],
    ] as const) {
      const response = await open(query, world.secrets[way] ?? '');
      expect({ status: response.status, ...((await response.json()) as object) }).toEqual(denied(...position));
    }
  });

  it.each(WAYS.slice(0, -1))('show only one’s own, whatever they watch, %s', async (way) => {
    const { fauna, ann, bob } = world;
    const watched = [annNote, note('1003'), ofAnn, unguarded, q.Documents(people), q.Documents(notes), ofBob];
    const streams = await Promise.all(watched.map((query) => open(query, world.secrets[way] ?? '')));
    expect(streams.map(({ status }) => status)).toEqual(watched.map(() => 200));
    const seen = streams.map(() => '');
    const readers = streams.map(({ body }) => body?.pipeThrough(new TextDecoderStream()).getReader());
    const reading = readers.map(async (reader, index) => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) seen[index] += part.value;
    });
    await fauna.must(q.Update(annNote, { data: { again: SECRET } }), ann);
    await fauna.must(q.Create(note('1003'), { data: { owner: 'ann', text: SECRET } }), ann);
    await fauna.must(q.Delete(note('1003')), ann);
    await fauna.must(
      q.Do(q.Create(q.Ref(people, '3'), { data: { name: SECRET } }), q.Delete(q.Ref(people, '3'))),
      admin,
    );
    await fauna.must(q.Create(note('2004'), { data: { owner: 'bob' } }), bob);
    await expect
      .poll(() => [seen[5], seen[6]])
      .toEqual([expect.stringContaining('"2004"'), expect.stringContaining('"2004"')]);
    for (const text of seen) {
      expect(text).toContain('"start"');
      expect(text).not.toMatch(new RegExp(`${SECRET}|"100[13]"`));
    }
    for (const text of seen.slice(0, 5)) expect(text.trim().split('\n')).toHaveLength(1);
    await Promise.all(readers.map((reader) => reader?.cancel()));
    await Promise.all(reading);
    await fauna.must(q.Delete(note('2004')), bob);
  });
});

describe('what FaunaDB tells all the same', () => {
  it('gives a Filter and a Join the refs of all documents, and nothing in them', async () => {
    const { fauna, bob } = world;
    const abort = q.Lambda('ref', q.Abort(q.Select('id', q.Var('ref'))));
    const documents = q.Documents(notes);
    for (const set of [q.Filter(documents, abort), q.Join(documents, abort)]) {
      const { status, body } = await fauna.query(q.Paginate(set), bob);
      expect({ status, ...body }).toMatchObject({
        status: 400,
        errors: [{ code: 'transaction aborted', description: ANN_NOTE }],
      });
    }
  });
});

it('gives a token made from an own note no more than nothing', async () => {
  const { fauna, bob } = world;
  const own = note('2003');
  await fauna.must(q.Create(own, { data: { owner: 'bob' }, credentials: { password: 'x' } }), bob);
  const { secret } = await fauna.must<{ secret: string }>(q.Login(own, { password: 'x' }), bob);
  const failure = async (query: faunadb.ExprArg) => {
    const { status, body } = await fauna.query(query, secret);
    return { status, ...body };
  };
  expect(await failure(q.Get(annNote))).toEqual(denied());
  expect(await failure(q.Get(own))).toEqual(denied());
  expect(await failure(q.Paginate(q.Documents(notes)))).toEqual(page());
  expect(await failure(q.CreateKey({ role: 'admin' }))).toEqual(denied('create_key'));
  await fauna.must(q.Delete(own), bob);
  expect((await fauna.query(1, secret)).status).toBe(401);
});
