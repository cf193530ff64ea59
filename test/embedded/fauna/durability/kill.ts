/**
 * Rounds of killing a writing process, and looking whether every acknowledged transaction is there and none half, and
 * whether nothing but old versions was forgotten meanwhile.
 */

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createClock } from '../../../../src/embedded/fauna/engine/clock.ts';
import { createEngine } from '../../../../src/embedded/fauna/engine/engine.ts';
import { type Clock, Store } from '../../../../src/embedded/fauna/store/store.ts';
import { bodyText } from '../body-text.ts';
import { OLD_SET_UP, OLD_VERSIONS, oldQuery, ROOT_KEY, request } from './pairs.ts';

export interface KillReport {
  readonly rounds: number;
  /** Transactions the killed processes said were done. */
  readonly acknowledged: number;
  /** Transactions in the file; more, since some were killed before they could say so. */
  readonly found: number;
  readonly missing: readonly number[];
  readonly half: readonly number[];
  /** Versions that no history covers and that were forgotten while processes were killed. */
  readonly forgotten: number;
  /** Documents of which more than that was forgotten, or less of what stood in indexes. */
  readonly damaged: readonly string[];
  /** SQLite's own check of the file at the end. */
  readonly check: string;
}

/** Every round starts a process on the same file and kills it at some moment of its writing. */
export async function killRounds(rounds: number, tell: (line: string) => void = () => undefined): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-kill-'));
  const file = join(folder, 'fauna.db');
  const acknowledged: number[] = [];
  try {
    // As many as are forgotten in about so many rounds.
    const documents = 40 + rounds * 12;
    fill(file, documents);
    let old = oldOnes(file, documents);
    let missing: number[] = [];
    let state = { whole: new Set<number>(), half: [] as number[] };
    for (let round = 1; round <= rounds; round += 1) {
      acknowledged.push(...(await killOnce(file, round)));
      // Opening it after every kill is part of the test: that is when a log is recovered.
      state = halves(file);
      const { whole, half } = state;
      missing = acknowledged.filter((number) => !whole.has(number));
      old = oldOnes(file, documents);
      const counts = [`${acknowledged.length} acknowledged`, `${whole.size} found`, `${missing.length} missing`];
      tell(`round ${round}: ${counts.join(', ')}, ${half.length} half`);
      // What went wrong would only be covered up by going on.
      if (missing.length + half.length + old.damaged.length > 0) break;
    }
    const database = new DatabaseSync(file);
    const check = String(database.prepare('PRAGMA integrity_check').get()?.integrity_check);
    database.close();
    const counts = { acknowledged: acknowledged.length, found: state.whole.size };
    return { rounds, ...counts, missing, half: state.half, ...old, check };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The numbers the process acknowledged before it was killed. */
function killOnce(file: string, round: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, 'writer.ts');
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, file, String(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    let timer: NodeJS.Timeout | undefined;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      timer ??= setTimeout(() => child.kill('SIGKILL'), Math.random() * MOST_MS);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal !== 'SIGKILL') return reject(new Error(`the writing process ended by itself with ${code}`));
      const whole = output.slice(0, output.lastIndexOf('\n') + 1);
      resolve([...whole.matchAll(/^\d+$/gm)].map(([number]) => Number(number)));
    });
  });
}

/** How long a process may write. */
const MOST_MS = 500;
const PAGE = 100_000;

function open(file: string, clock: Clock = createClock()) {
  const store = new Store(file, clock);
  const engine = createEngine({ store, clock, rootKey: ROOT_KEY, randomBytes });
  const ask = (query: object): unknown => {
    const response = engine.execute(request(query));
    // A process killed before its set-up was done has left no index.
    return response.status === 200 ? (JSON.parse(bodyText(response)) as { resource: unknown }).resource : undefined;
  };
  return { store, engine, ask };
}

/** A year and more ago, by another clock. */
function fill(file: string, documents: number): void {
  let now = BigInt(Date.now() - 400 * 86_400_000) * 1000n;
  const clock: Clock = {
    now: () => {
      now += 60_000_000n;
      return now;
    },
  };
  const { store, engine, ask } = open(file, clock);
  for (const query of OLD_SET_UP) ask(query);
  const queries = Array.from({ length: OLD_VERSIONS }, (_, version) =>
    Array.from({ length: documents }, (_, id) => oldQuery(id + 1, version + 1)),
  ).flat();
  engine.executeAll(queries.map(request));
  store.close();
}

/** Each has its last version, and every version that is left of it is the only one in the index at its time. */
function oldOnes(file: string, documents: number): { forgotten: number; damaged: string[] } {
  const { store, ask } = open(file);
  const damaged: string[] = [];
  const last = ask({ count: { match: { index: 'old_by_version' }, terms: OLD_VERSIONS } });
  const earlier = ask({
    count: {
      union: [...Array(OLD_VERSIONS - 1).keys()].map((n) => ({ match: { index: 'old_by_version' }, terms: n + 1 })),
    },
  });
  if (last !== documents || earlier !== 0)
    damaged.push(`${String(last)} with their last version, ${String(earlier)} with others`);
  for (let id = 1; id <= documents; id += 1) {
    const found = ask({ select: ['data', 'version'], from: { get: { ref: { collection: 'old' }, id: String(id) } } });
    if (found !== OLD_VERSIONS) damaged.push(`${id} has version ${String(found)}`);
  }
  store.close();
  const database = new DatabaseSync(file, { readOnly: true });
  const count = (sql: string): number => Number(database.prepare(`SELECT count(*) AS count FROM ${sql}`).get()?.count);
  const versions = count('documents WHERE collection = 1024');
  // Of every version there is an entry, ended or not, and one of the collection for each document.
  const entries = count('entries WHERE collection = 1024');
  database.close();
  if (entries !== versions + documents) damaged.push(`${versions} versions have ${entries} entries`);
  return { forgotten: documents * OLD_VERSIONS - versions, damaged };
}

/** By queries: the entries of the index, and as many documents as there are entries. */
function halves(file: string): { whole: Set<number>; half: number[] } {
  const { store, ask } = open(file);
  const counts = new Map<number, number>();
  let entries = 0;
  let after: unknown;
  do {
    const from = { paginate: { match: { index: 'halves' } }, size: PAGE, ...(after === undefined ? {} : { after }) };
    const page = (ask(from) ?? { data: [] }) as { data: string[]; after?: unknown };
    for (const text of page.data)
      counts.set(Number.parseInt(text, 10), (counts.get(Number.parseInt(text, 10)) ?? 0) + 1);
    entries += page.data.length;
    after = page.after;
  } while (after !== undefined);
  const documents = ask({ count: { documents: { collection: 'pairs' } } }) ?? 0;
  store.close();
  if (documents !== entries) throw new Error(`${documents} documents have ${entries} entries`);
  const of = (wanted: boolean): number[] =>
    [...counts].filter(([, n]) => (n === 2) === wanted).map(([number]) => number);
  return { whole: new Set(of(true)), half: of(false) };
}
