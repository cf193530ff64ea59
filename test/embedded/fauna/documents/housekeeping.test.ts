import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../../src/embedded/fauna/engine/engine.ts';
import { Store } from '../../../../src/embedded/fauna/store/store.ts';
import { bodyText } from '../body-text.ts';
import { collection, create, data, document, handClock, indexOver, type Json, match, object } from '../raw.ts';

const ROOT_KEY = 'root-secret-for-housekeeping';
const ADMIN = `${ROOT_KEY}:db:admin`;
const MINUTE = 60_000_000n;
const DAY = 86_400_000_000n;

let folder: string;
let file: string;
let clock: ReturnType<typeof handClock>;
let store: Store;
let engine: Engine;

const start = (): void => {
  store = new Store(file, clock);
  engine = createEngine({ store, clock, rootKey: ROOT_KEY, randomBytes });
};
const ask = <T extends Json = Json>(query: Json, secret = ADMIN): T => {
  const request = { query: JSON.stringify(query), readOnly: false, timeoutMs: 60_000 };
  const response = engine.execute({ ...request, credential: { type: 'secret', secret } });
  const body = bodyText(response);
  if (response.status > 299) throw new Error(body);
  return (JSON.parse(body) as { resource: T }).resource;
};
const update = (name: string, id: string, fields: { [key: string]: Json }): Json => ({
  update: document(name, id),
  params: data(fields),
});
const events = (of: Json): Json[] => ask<{ data: Json[] }>({ paginate: { events: of }, size: 1000 }).data;
const daysFromNow = (days: bigint): string => new Date(Number((clock.now() + days * DAY) / 1000n)).toISOString();

/** Rows in the file, past all that queries hide. */
const rows = (table: 'documents' | 'entries' | 'sweep', where = 'TRUE'): number => {
  const other = new DatabaseSync(file, { readOnly: true });
  const count = Number(other.prepare(`SELECT count(*) AS count FROM ${table} WHERE ${where}`).get()?.count);
  other.close();
  return count;
};
const ofUsers = 'collection >= 1024';
/** How many versions each piece forgot. */
const sweep = (): number[] => {
  const pieces: number[] = [];
  for (let more = true; more; ) {
    const before = rows('documents');
    more = engine.tidy();
    pieces.push(before - rows('documents'));
  }
  return pieces;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'burrow-housekeeping-'));
  file = join(folder, 'fauna.db');
  clock = handClock();
  start();
  ask({ create_database: object({ name: 'db' }) }, ROOT_KEY);
  ask({ create_collection: object({ name: 'notes', history_days: 2 }) });
  ask(indexOver('by_n', 'notes', ['n']));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

describe('versions that history_days no longer covers', () => {
  it('go, and their entries, though nobody writes the document again; no answer changes', () => {
    const first = ask<{ ts: number }>(create('notes', { n: 1 }, '1'));
    ask(create('notes', { n: 7 }, '2'));
    clock.pass(DAY);
    ask(update('notes', '1', { n: 2 }));
    ask(update('notes', '1', { n: 3 }));
    clock.pass(DAY);
    ask(update('notes', '1', { n: 4 }));
    clock.pass(DAY + 20n * MINUTE);
    const answers = (): Json => [
      ask({ get: document('notes', '1') }),
      events(document('notes', '1')),
      events(match('by_n', 3)),
      events(match('by_n', 1)),
      [1, 2, 3, 4, 7].map((n) => ask({ count: match('by_n', n) })),
      ask({
        at: first.ts + Number(DAY + 10n * MINUTE),
        expr: { select: ['data', 'n'], from: { get: document('notes', '1') } },
      }),
      ask({ at: first.ts + Number(DAY + 10n * MINUTE), expr: { count: match('by_n', 3) } }),
      ask({ at: first.ts + Number(DAY + 10n * MINUTE), expr: { count: { documents: collection('notes') } } }),
    ];
    const before = answers();
    expect(rows('documents', ofUsers)).toBe(5);
    sweep();
    expect(answers()).toEqual(before);
    // The one that was current when history begins, the newest, and the other document's only one.
    expect(rows('documents', ofUsers)).toBe(3);
    expect(rows('entries', `${ofUsers} AND removed < 9223372036854775807`)).toBe(1);
    expect(ask({ select: ['data', 'n'], from: { get: document('notes', '1') } })).toBe(4);
  });

  it('stay while history covers them', () => {
    ask(create('notes', { n: 1 }, '1'));
    ask(update('notes', '1', { n: 2 }));
    clock.pass(2n * DAY + 14n * MINUTE);
    sweep();
    expect(rows('documents', ofUsers)).toBe(2);
    clock.pass(2n * MINUTE);
    sweep();
    expect(rows('documents', ofUsers)).toBe(1);
  });

  it('stay for ever where nothing says how long', () => {
    ask({ create_collection: object({ name: 'kept', history_days: { to_integer: 200_000 } }) });
    ask(create('kept', { n: 1 }, '1'));
    ask(update('kept', '1', { n: 2 }));
    clock.pass(10_000n * DAY);
    sweep();
    expect(rows('documents', ofUsers)).toBe(2);
  });

  it('of a deleted document all go, its delete with them', () => {
    ask(create('notes', { n: 1 }, '1'));
    clock.pass(MINUTE);
    ask({ delete: document('notes', '1') });
    ask(create('notes', { n: 2 }, '2'));
    clock.pass(DAY);
    sweep();
    expect(rows('documents', ofUsers)).toBe(3);
    expect(events(document('notes', '1'))).toHaveLength(2);
    clock.pass(2n * DAY);
    sweep();
    expect(rows('documents', ofUsers)).toBe(1);
    expect(rows('entries', ofUsers)).toBe(2);
    expect(ask({ exists: document('notes', '1') })).toBe(false);
    ask(create('notes', { n: 3 }, '1'));
    expect(events(document('notes', '1'))).toMatchObject([{ action: 'create', data: { n: 3 } }]);
    expect(ask({ count: match('by_n', 3) })).toBe(1);
  });
});

describe('documents past their ttl', () => {
  it('go once history does not cover the end of their ttl any more, and their entries', () => {
    ask({
      ...(create('notes', { n: 1 }, '1') as object),
      params: object({ data: object({ n: 1 }), ttl: { '@ts': daysFromNow(1n) } }),
    });
    ask({
      ...(create('notes', { n: 1 }, '2') as object),
      params: object({ data: object({ n: 1 }), ttl: { '@ts': daysFromNow(9n) } }),
    });
    ask(create('notes', { n: 1 }, '3'));
    clock.pass(2n * DAY);
    sweep();
    const seen = (): Json => [ask({ count: match('by_n', 1) }), ask({ count: { documents: collection('notes') } })];
    expect(seen()).toEqual([2, 2]);
    expect(rows('documents', ofUsers)).toBe(3);
    expect(events(document('notes', '1'))).toHaveLength(1);
    clock.pass(DAY + 16n * MINUTE);
    expect(events(document('notes', '1'))).toEqual([]);
    sweep();
    expect(seen()).toEqual([2, 2]);
    expect(rows('documents', ofUsers)).toBe(2);
    expect(rows('entries', ofUsers)).toBe(4);
    expect(events(document('notes', '1'))).toEqual([]);
    ask(create('notes', { n: 1 }, '1'));
    expect(seen()).toEqual([3, 3]);
  });

  it('are found among many that have none', () => {
    for (let id = 1; id <= 60; id += 1) {
      const ttl = id % 2 === 0 ? { ttl: { '@ts': daysFromNow(1n) } } : {};
      ask({ create: document('notes', String(id)), params: object({ data: object({ n: id }), ...ttl }) });
    }
    clock.pass(4n * DAY);
    sweep();
    expect(rows('documents', ofUsers)).toBe(30);
    expect(rows('entries', `${ofUsers} AND idx = 0`)).toBe(30);
    expect(ask({ count: { documents: collection('notes') } })).toBe(30);
  });

  it('can be made again before they are gone', () => {
    ask({
      create: document('notes', '1'),
      params: object({ data: object({ n: 1 }), ttl: { '@ts': daysFromNow(1n) } }),
    });
    clock.pass(DAY + MINUTE);
    expect(ask({ exists: document('notes', '1') })).toBe(false);
    ask(create('notes', { n: 1 }, '1'));
    expect(ask({ count: match('by_n', 1) })).toBe(1);
    expect(ask({ count: { documents: collection('notes') } })).toBe(1);
    clock.pass(4n * DAY);
    sweep();
    expect(ask({ count: match('by_n', 1) })).toBe(1);
    expect(ask({ count: { documents: collection('notes') } })).toBe(1);
    expect(ask({ select: ['data', 'n'], from: { get: document('notes', '1') } })).toBe(1);
    expect(rows('documents', ofUsers)).toBe(1);
    expect(rows('entries', ofUsers)).toBe(2);
  });
});

describe('what deleted collections and databases held', () => {
  it('goes, and nothing else', () => {
    ask({ create_collection: object({ name: 'gone' }) });
    const field = object({ field: ['data', 'n'] });
    const source = [collection('notes'), collection('gone')];
    ask({ create_index: object({ name: 'both', source, terms: [field] }) });
    for (const name of ['notes', 'gone']) for (const id of ['1', '2']) ask(create(name, { n: 5 }, id));
    ask(update('gone', '1', { n: 6 }));
    while (engine.build());
    const kept = rows('entries', 'collection = 1024');
    ask({ delete: collection('gone') });
    sweep();
    expect(rows('documents', ofUsers)).toBe(2);
    expect(rows('entries', ofUsers)).toBe(kept);
    expect(ask({ count: match('both', 5) })).toBe(2);

    ask({ create_database: object({ name: 'inner' }) });
    const inner = `${ROOT_KEY}:db/inner:admin`;
    ask({ create_collection: object({ name: 'notes' }) }, inner);
    for (let id = 1; id <= 300; id += 1) ask(create('notes', { n: id }, String(id)), inner);
    const before = rows('documents');
    ask({ delete: { database: 'inner' } });
    sweep();
    expect(before + 1 - rows('documents')).toBe(301);
    expect(rows('entries', ofUsers)).toBe(kept);
    expect(ask({ count: match('both', 5) })).toBe(2);
    expect(ask({ exists: document('notes', '1') })).toBe(true);
  });
});

describe('a sweep', () => {
  const many = (): void => {
    for (let id = 1; id <= 30; id += 1) ask(create('notes', { n: 0 }, String(id)));
    for (let n = 1; n <= 9; n += 1) {
      clock.pass(MINUTE);
      for (let id = 1; id <= 30; id += 1) ask(update('notes', String(id), { n }));
    }
    for (let n = 10; n <= 250; n += 1) ask(update('notes', '7', { n }));
    clock.pass(3n * DAY);
  };

  it('goes in small pieces, and tells nobody', () => {
    many();
    const heard: unknown[] = [];
    engine.watch((commit) => heard.push(commit));
    const pieces = sweep();
    engine.watch(undefined);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(50);
    expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(270 + 241);
    expect(rows('documents', ofUsers)).toBe(30);
    expect(rows('entries', ofUsers)).toBe(60);
    expect(heard).toEqual([]);
    expect(sweep().every((piece) => piece === 0)).toBe(true);
  });

  it('goes on where it was when the file is opened again, and leaves no trace at its end', () => {
    many();
    while (rows('documents', ofUsers) > 300) expect(engine.tidy()).toBe(true);
    expect(rows('sweep')).toBe(1);
    store.close();
    start();
    const left = rows('documents', `${ofUsers} AND id < 7`);
    expect(left).toBe(6);
    expect(sweep().length).toBeLessThan(10);
    expect(rows('documents', ofUsers)).toBe(30);
    expect(rows('sweep')).toBe(0);
  });

  it('writes nothing when there is nothing to forget', () => {
    ask(create('notes', { n: 1 }, '1'));
    const counter = new Int32Array(new SharedArrayBuffer(4));
    store.close();
    store = new Store(file, clock, { commits: counter.buffer as SharedArrayBuffer });
    engine = createEngine({ store, clock, rootKey: ROOT_KEY, randomBytes });
    sweep();
    expect(counter[0]).toBe(0);
  });
});
