/** Rounds of killing main's saving code while it saves, and looking whether everything it acknowledged is there. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDriverTransport } from '../../../src/main/fauna/transport.ts';
import { openNotes } from '../../../src/main/notes/open-notes.ts';
import { systemClock, systemRandom } from '../../../src/main/notes/surroundings.ts';
import { createSyncEngine } from '../../../src/main/sync/engine.ts';
import { createFaunaGateway } from '../../../src/main/sync/fauna-gateway.ts';
import { systemTimers } from '../../../src/main/sync/surroundings.ts';
import { type Acknowledged, look } from './look.ts';
import { startServer, tokenOf } from './server.ts';
import type { WriterOptions } from './writer.ts';

export interface KillReport {
  rounds: number;
  /** Killed before they had acknowledged anything: while opening, recovering the log, making the note. */
  early: number;
  /** Saves that were acknowledged. */
  acknowledged: number;
  /** What is wrong, in words. */
  wrong: string[];
  /** Whether sync recovered: notes on a second device that has nothing but the server. */
  notes: number;
  secondDevice: number;
}

const ACCOUNT = 'user_ada';
const MOST_MS = 400;
/** About as long as a process takes to open the notes, and somewhat longer. */
const OPENING_MS = 1_500;
const SYNC_MS = 300_000;

/** Every round starts a process on the same file and kills it at some moment. */
export async function killRounds(rounds: number, tell: (line: string) => void = () => undefined): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-kill-app-'));
  const server = await startServer(folder, ACCOUNT);
  const accounts = join(folder, 'accounts');
  mkdirSync(join(accounts, ACCOUNT), { recursive: true });
  const file = join(accounts, ACCOUNT, 'notes.db');
  const { endpoint, token } = server;
  const seen: Acknowledged[] = [];
  let wrong: string[] = [];
  try {
    for (let round = 1; round <= rounds && wrong.length === 0; round++) {
      const options = { folder: accounts, scripts: folder, account: ACCOUNT, round, endpoint, token };
      const acknowledged = await killOnce(options);
      seen.push(acknowledged);
      wrong = await look(file, ACCOUNT, [acknowledged]);
      tell(`round ${round}: ${acknowledged.line} saves acknowledged${wrong.map((what) => `; ${what}`).join('')}`);
    }
    if (wrong.length === 0) wrong = await look(file, ACCOUNT, seen);
    const first = await settle(file, server);
    const second = await settle(join(folder, 'second.db'), server);
    for (const [id, body] of first) if (second.get(id) !== body) wrong.push(`note ${id} differs on the second device`);
    return {
      rounds: seen.length,
      early: seen.filter(({ line }) => line === 0).length,
      acknowledged: seen.reduce((sum, { line }) => sum + line, 0),
      wrong,
      notes: first.size,
      secondDevice: second.size,
    };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

/** What the process acknowledged before it was killed: in every fourth round while it opens, else while it saves. */
function killOnce(options: WriterOptions): Promise<Acknowledged> {
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, 'writer.ts');
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const killWithin = (ms: number) => setTimeout(() => child.kill('SIGKILL'), Math.random() * ms);
    let timer = Math.random() < 0.25 ? killWithin(OPENING_MS) : undefined;
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      timer ??= killWithin(MOST_MS);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal !== 'SIGKILL') return reject(new Error(`the saving process ended by itself with ${code ?? signal}`));
      const whole = said.slice(0, said.lastIndexOf('\n') + 1);
      const note = /^note (\d+)$/m.exec(whole)?.[1] ?? null;
      const line = Number(whole.match(/^\d+$/gm)?.at(-1) ?? 0);
      resolve({ round: options.round, note, line });
    });
  });
}

/** Opens the file with its sync until all is sent and received; every note's text by its id. */
async function settle(file: string, server: { endpoint: string; token: string }): Promise<Map<string, string>> {
  const store = openNotes({ file, account: ACCOUNT, device: 'the one who looks' });
  const engine = createSyncEngine({
    notes: store,
    gateway: createFaunaGateway(
      createDriverTransport({ endpoint: server.endpoint, fetch: (url, init) => fetch(url, init) }),
    ),
    token: tokenOf(server.token),
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not synced: ${JSON.stringify(engine.status())}`)), SYNC_MS);
      engine.on('status', ({ state, waiting, setAside }) => {
        if (state !== 'synced' || waiting > 0) return;
        clearTimeout(late);
        if (setAside.length > 0) reject(new Error(`set aside: ${JSON.stringify(setAside)}`));
        else resolve();
      });
      engine.start();
    });
    return new Map(store.list().map(({ id }) => [id, store.body(id)]));
  } finally {
    engine.stop();
    await store.close();
  }
}
