import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case, Outcome } from './simulate.ts';

const here = (name: string) => new URL(name, import.meta.url).pathname;

/** Processes that simulate, as many as there are processors. */
export interface Pool {
  readonly size: number;
  run(one: Case): Promise<Outcome>;
  close(): void;
}

/** `mutation`: the name of one, which is then in all of the pool's processes. */
export const openPool = async (options: { mutation?: string; size?: number } = {}): Promise<Pool> => {
  // Memory instead of a disk where there is such a folder: every commit waits for the file.
  const base = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'burrow-simulation-'));
  const size = options.size ?? availableParallelism();
  const execArgv = [
    '--disable-warning=ExperimentalWarning',
    ...(options.mutation ? ['--import', here('./mutate.ts')] : []),
  ];
  const start = (): Promise<ChildProcess> =>
    new Promise((resolve, reject) => {
      const env = { ...process.env, ...(options.mutation ? { BURROW_MUTATION: options.mutation } : {}) };
      const child = fork(here('./worker.ts'), [base], { execArgv, env });
      child.once('message', () => resolve(child));
      child.once('exit', (code) => reject(new Error(`a simulating process ended with ${code}`)));
    });
  const idle = await Promise.all(Array.from({ length: size }, start));
  const waiting: ((child: ChildProcess) => void)[] = [];
  const children = [...idle];

  return {
    size,
    run: async (one) => {
      const child = idle.pop() ?? (await new Promise<ChildProcess>((resolve) => waiting.push(resolve)));
      try {
        return await new Promise<Outcome>((resolve, reject) => {
          const ended = (): void => reject(new Error(`the process that simulated seed ${one.seed} ended`));
          child.once('exit', ended);
          child.once('message', (outcome) => {
            child.off('exit', ended);
            resolve(outcome as Outcome);
          });
          child.send(one);
        });
      } finally {
        const next = waiting.shift();
        if (next) next(child);
        else idle.push(child);
      }
    },
    close: () => {
      for (const child of children) if (child.connected) child.disconnect();
      setTimeout(() => rmSync(base, { recursive: true, force: true }), 500);
    },
  };
};
