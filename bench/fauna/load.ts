/** Stores of a given size, made through the engine in large transactions and kept in the temporary folder. */
import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../src/embedded/fauna/engine/clock.ts';
import { createEngine } from '../../src/embedded/fauna/engine/engine.ts';
import { MIGRATIONS } from '../../src/embedded/fauna/store/migrations.ts';
import { Store } from '../../src/embedded/fauna/store/store.ts';

export const ROOT_KEY = 'root-secret-for-the-bench';
/** Documents with the same `group`: what one Match finds. */
export const GROUP = 64;
const AT_ONCE = 500;
const IN_A_COMMIT = 40;

export const documentOf = (number: number): object => ({
  title: `Note number ${number}`,
  group: Math.floor(number / GROUP),
  tags: ['one', 'two'],
  text: 'The quick brown fox jumps over the lazy dog. '.repeat(4),
});

/** An object as the driver would send it. */
export const literal = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== 'object' || value === null) return value;
  return { object: Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literal(inner)])) };
};

export const createQuery = (number: number, id?: number): object => ({
  create: id === undefined ? { collection: 'notes' } : { ref: { collection: 'notes' }, id: String(id) },
  params: literal({ data: documentOf(number) }),
});

const request = (query: object) => ({
  credential: { type: 'secret' as const, secret: ROOT_KEY },
  query: JSON.stringify(query),
  readOnly: false,
  timeoutMs: 600_000,
});

/** The path of a store with so many documents, ids from 1 on. */
export function storeOf(count: number, tell: (line: string) => void): string {
  const file = join(tmpdir(), `burrow-bench-${MIGRATIONS.length}-${count}.db`);
  if (existsSync(file)) return file;
  const unfinished = `${file}.part`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true });
  const clock = createClock();
  const store = new Store(unfinished, clock);
  const engine = createEngine({ store, clock, rootKey: ROOT_KEY, randomBytes });
  const run = (queries: readonly object[]): void => {
    for (const { status, body } of engine.executeAll(queries.map(request))) if (status > 299) throw new Error(body);
  };
  run([{ create_collection: { object: { name: 'notes' } } }]);
  run([
    {
      create_index: {
        object: {
          name: 'by_group',
          source: { collection: 'notes' },
          terms: [{ object: { field: ['data', 'group'] } }],
        },
      },
    },
  ]);
  const begun = performance.now();
  for (let first = 1; first <= count; first += AT_ONCE * IN_A_COMMIT) {
    const queries: object[] = [];
    for (let start = first; start < Math.min(first + AT_ONCE * IN_A_COMMIT, count + 1); start += AT_ONCE) {
      const numbers = Array.from({ length: Math.min(AT_ONCE, count + 1 - start) }, (_, offset) => start + offset);
      queries.push({ do: [...numbers.map((number) => createQuery(number, number)), null] });
    }
    run(queries);
    const done = Math.min(count, first + AT_ONCE * IN_A_COMMIT - 1);
    tell(`loading ${count} documents: ${done}, ${Math.round((performance.now() - begun) / 1000)} s`);
  }
  store.close();
  renameSync(unfinished, file);
  return file;
}
