/** Rounds of killing a writing process, and looking whether every acknowledged transaction is there and none half. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createClock } from '../../../../src/embedded/fauna/engine/clock.ts';
import { createEngine } from '../../../../src/embedded/fauna/engine/engine.ts';
import { Store } from '../../../../src/embedded/fauna/store/store.ts';
import { ROOT_KEY, request } from './pairs.ts';

export interface KillReport {
  readonly rounds: number;
  /** Transactions the killed processes said were done. */
  readonly acknowledged: number;
  /** Transactions in the file; more, since some were killed before they could say so. */
  readonly found: number;
  readonly missing: readonly number[];
  readonly half: readonly number[];
  /** SQLite's own check of the file at the end. */
  readonly check: string;
}

/** Every round starts a process on the same file and kills it at some moment of its writing. */
export async function killRounds(rounds: number, tell: (line: string) => void = () => undefined): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-kill-'));
  const file = join(folder, 'fauna.db');
  const acknowledged: number[] = [];
  try {
    let missing: number[] = [];
    let state = { whole: new Set<number>(), half: [] as number[] };
    for (let round = 1; round <= rounds; round += 1) {
      acknowledged.push(...(await killOnce(file, round)));
      // Opening it after every kill is part of the test: that is when a log is recovered.
      state = halves(file);
      const { whole, half } = state;
      missing = acknowledged.filter((number) => !whole.has(number));
      const counts = [`${acknowledged.length} acknowledged`, `${whole.size} found`, `${missing.length} missing`];
      tell(`round ${round}: ${counts.join(', ')}, ${half.length} half`);
      // What went wrong would only be covered up by going on.
      if (missing.length + half.length > 0) break;
    }
    const database = new DatabaseSync(file);
    const check = String(database.prepare('PRAGMA integrity_check').get()?.integrity_check);
    database.close();
    return { rounds, acknowledged: acknowledged.length, found: state.whole.size, missing, half: state.half, check };
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

/** By queries: the entries of the index, and as many documents as there are entries. */
function halves(file: string): { whole: Set<number>; half: number[] } {
  const clock = createClock();
  const store = new Store(file, clock);
  const engine = createEngine({ store, clock, rootKey: ROOT_KEY, randomBytes });
  const ask = (query: object): unknown => {
    const { status, body } = engine.execute(request(query));
    // A process killed before its set-up was done has left no index.
    return status === 200 ? (JSON.parse(body) as { resource: unknown }).resource : undefined;
  };
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
