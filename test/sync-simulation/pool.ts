import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case, Outcome } from './cast.ts';

const here = (name: string) => new URL(name, import.meta.url).pathname;

/** A case takes a fraction of a second; one that takes so long will not end. */
const LONGEST_MS = 120_000;

/** Processes that simulate, as many as there are processors. */
export interface Pool {
  readonly size: number;
  /** ms of processor time that the cases have taken so far. */
  readonly cpuMs: number;
  /** A process that ends or hangs is a broken promise, too; another one takes its place. */
  run(one: Case): Promise<Outcome>;
  close(): void;
}

/** What a process sends: once that it is ready, then one for each case. */
export type Message = 'ready' | { outcome: Outcome; cpuMs: number };

/** `mutation`: the name of one, which is then in all of the pool's processes. */
export const openPool = async (options: { mutation?: string; size?: number } = {}): Promise<Pool> => {
  // Memory instead of a disk where there is such a folder: every commit waits for the file.
  const base = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'burrow-simulation-'));
  const size = options.size ?? availableParallelism();
  const execArgv = [
    '--disable-warning=ExperimentalWarning',
    ...(options.mutation ? ['--import', here('./mutate.ts')] : []),
  ];
  const children = new Set<ChildProcess>();
  const start = (): Promise<ChildProcess> =>
    new Promise((resolve, reject) => {
      const env = { ...process.env, ...(options.mutation ? { BURROW_MUTATION: options.mutation } : {}) };
      const child = fork(here('./worker.ts'), [base], { execArgv, env });
      children.add(child);
      child.once('message', () => resolve(child));
      child.once('exit', (code) => {
        children.delete(child);
        reject(new Error(`a simulating process ended with ${code}`));
      });
    });
  const idle = await Promise.all(Array.from({ length: size }, start));
  const waiting: ((child: ChildProcess) => void)[] = [];
  let cpuMs = 0;

  const giveBack = (child: ChildProcess): void => {
    const next = waiting.shift();
    if (next) next(child);
    else idle.push(child);
  };

  return {
    size,
    get cpuMs() {
      return cpuMs;
    },
    run: async (one) => {
      const child = idle.pop() ?? (await new Promise<ChildProcess>((resolve) => waiting.push(resolve)));
      const answer = await ask(child, one);
      if (answer) {
        cpuMs += answer.cpuMs;
        giveBack(child);
        return answer.outcome;
      }
      giveBack(await start());
      const broken = `the process that simulated seed ${one.seed} ended or hung`;
      return { violations: [broken], markers: 0, happened: {}, fingerprint: '' };
    },
    close: () => {
      for (const child of children) if (child.connected) child.disconnect();
      setTimeout(() => rmSync(base, { recursive: true, force: true }), 500);
    },
  };
};

/** Null: it ended, or had to be ended. */
const ask = (child: ChildProcess, one: Case): Promise<Exclude<Message, 'ready'> | null> =>
  new Promise((resolve) => {
    const hung = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
    const ended = (): void => {
      clearTimeout(hung);
      resolve(null);
    };
    child.once('exit', ended);
    child.once('message', (message) => {
      clearTimeout(hung);
      child.off('exit', ended);
      resolve(message as Exclude<Message, 'ready'>);
    });
    child.send(one);
  });
