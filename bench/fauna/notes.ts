/**
 * What the app's first sync does: pages of notes, read by a JWT whose role's predicate looks into each of them. An
 * engine on this thread against the same rows by SQL.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import faunadb from 'faunadb';
import { createClock } from '../../src/embedded/fauna/engine/clock.ts';
import { createEngine } from '../../src/embedded/fauna/engine/engine.ts';
import type { Credential } from '../../src/embedded/fauna/engine/protocol.ts';
import { AUDIENCE_PREFIX, decodeGlobalId } from '../../src/embedded/fauna/security/global-id.ts';
import { Store } from '../../src/embedded/fauna/store/store.ts';
import { changesFrom } from '../../src/main/fauna/queries.ts';
import {
  accessProvider,
  changesIndex,
  notesCollection,
  notesOwnerRole,
} from '../../src/main/fauna/schema/definition.ts';
import { ROOT_KEY } from './load.ts';

const q = faunadb.query;
const OWNER = 'user_2abcdefghijklmnopqrstuvwxyz';
const ISSUER = 'https://clerk.example.test';
const STATE_BYTES = 3000;
export const PAGE = 200;
const AT_ONCE = 100;

export interface Notes {
  readonly pages: number;
  /** One page, by its number. */
  fauna(page: number): string;
  /** The same rows, as the same text. */
  sql(page: number): string;
  close(): void;
}

const noteOf = (number: number) => ({
  owner: OWNER,
  title: `Note number ${number}`,
  body: 'The quick brown fox jumps over the lazy dog. '.repeat(12),
  tags: ['one', 'two'],
  pinned: false,
  createdAt: '2026-01-02T03:04:05.678Z',
  editedAt: '2026-01-02T03:04:05.678Z',
  device: 'device-of-the-bench',
  format: 1,
});

/** So many notes of one owner, a multiple of the page. */
export function openNotes(count: number): Notes {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-bench-notes-'));
  const clock = createClock();
  const store = new Store(join(folder, 'fauna.db'), clock);
  const engine = createEngine({ store, clock, rootKey: ROOT_KEY, randomBytes });
  const run = (credential: Credential, texts: readonly string[]): string[] =>
    engine
      .executeAll(texts.map((query) => ({ credential, query, readOnly: false, timeoutMs: 60_000 })))
      .map(({ status, body }) => {
        if (status > 299) throw new Error(body);
        return body;
      });
  const write = (secret: string, ...queries: faunadb.Expr[]): string[] =>
    run(
      { type: 'secret', secret },
      queries.map((query) => JSON.stringify(query)),
    );
  write(ROOT_KEY, q.CreateDatabase({ name: 'burrow' }));
  const admin = `${ROOT_KEY}:burrow:admin`;
  write(admin, q.CreateCollection(notesCollection));
  write(admin, q.CreateIndex(changesIndex));
  write(admin, q.CreateRole(notesOwnerRole as never));
  const provider = accessProvider({
    issuer: ISSUER,
    jwksUri: `${ISSUER}/jwks`,
    roles: [{ name: notesOwnerRole.name }],
  });
  const [made = ''] = write(admin, q.CreateAccessProvider(provider as never));
  const { audience } = (JSON.parse(made) as { resource: { audience: string } }).resource;
  const globalId = decodeGlobalId(audience.slice(AUDIENCE_PREFIX.length)) ?? 0n;
  const payload = JSON.stringify({ iss: ISSUER, sub: OWNER, aud: audience, exp: 4_000_000_000 });
  const login: Credential = { type: 'jwt', globalId, issuer: ISSUER, payload };

  const bare = new DatabaseSync(join(folder, 'bare.db'));
  bare.exec(`PRAGMA journal_mode = WAL; CREATE TABLE notes (id INTEGER PRIMARY KEY, owner TEXT, ts INTEGER, data TEXT, state BLOB);
    CREATE INDEX by_owner ON notes (owner, ts)`);
  const insert = bare.prepare('INSERT INTO notes (owner, ts, data, state) VALUES (?, ?, ?, ?)');
  const select = bare.prepare(
    `SELECT id, ts, data, state FROM notes WHERE owner = ? AND ts >= ? ORDER BY ts LIMIT ${PAGE + 1}`,
  );

  const starts: number[] = [];
  for (let first = 0; first < count; first += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, offset) => first + offset);
    const states = numbers.map(() => randomBytes(STATE_BYTES));
    const texts = numbers.map((number, index) => {
      const data = { ...noteOf(number), state: q.Bytes(new Uint8Array(states[index] ?? [])) };
      return JSON.stringify(q.Create(q.Collection(notesCollection.name), { data }));
    });
    const answers = run({ type: 'secret', secret: admin }, texts).map(
      (body) => (JSON.parse(body) as { resource: { ts: number } }).resource.ts,
    );
    if (first % PAGE === 0) starts.push(answers[0] ?? 0);
    bare.exec('BEGIN');
    for (const [index, number] of numbers.entries())
      insert.run(OWNER, answers[index] ?? 0, JSON.stringify(noteOf(number)), states[index] ?? null);
    bare.exec('COMMIT');
  }
  const texts = starts.map((ts) => JSON.stringify(changesFrom({ ts }, PAGE, [])));
  return {
    pages: starts.length,
    fauna: (page) => {
      const response = engine.execute({
        credential: login,
        query: texts[page] ?? '',
        readOnly: false,
        timeoutMs: 60_000,
      });
      if (response.status !== 200) throw new Error(response.body);
      return response.body;
    },
    sql: (page) =>
      JSON.stringify({
        resource: {
          data: select.all(OWNER, starts[page] ?? 0).map(({ id, ts, data, state }) => ({
            ref: { '@ref': { id: String(id), collection: { '@ref': { id: 'notes' } } } },
            ts,
            data: {
              ...JSON.parse(String(data)),
              state: { '@bytes': Buffer.from(state as Uint8Array).toString('base64') },
            },
          })),
        },
      }),
    close: () => {
      store.close();
      bare.close();
      rmSync(folder, { recursive: true });
    },
  };
}
