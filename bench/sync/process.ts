/** Everything measured runs in a process of its own, which answers one question after another. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';

type Asked = { work: string; with: unknown };
type Answer = { value: unknown } | { failed: string };

export interface BenchProcess {
  ask<T>(work: string, args?: unknown): Promise<T>;
  /** Resident memory in MB; NaN where the system does not tell. */
  memory(): number;
  stop(): Promise<void>;
}

/** `script`: a path, or a file of this folder. */
export function startProcess(script: string, nodeOptions: readonly string[] = []): BenchProcess {
  const child = fork(resolve(import.meta.dirname, script), [], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--no-deprecation', ...nodeOptions],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    ask: <T>(work: string, args: unknown = null) =>
      new Promise<T>((resolve, reject) => {
        const gone = (): void => reject(new Error(`${basename(script)} ended in ${work}`));
        child.once('exit', gone);
        child.once('message', (answer: Answer) => {
          child.off('exit', gone);
          if ('failed' in answer) reject(new Error(`${basename(script)}, ${work}: ${answer.failed}`));
          else resolve(answer.value as T);
        });
        child.send({ work, with: args } satisfies Asked);
      }),
    memory: () => residentMemory(child),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The other end: answers each question by the function of its name. */
export function serve(works: Record<string, (args: never) => unknown>): void {
  // A server would outlive a run that was broken off.
  process.on('disconnect', () => process.exit());
  process.on('message', async (asked: Asked) => {
    try {
      const work = works[asked.work];
      if (!work) throw new Error('no such work');
      process.send?.({ value: (await work(asked.with as never)) ?? null });
    } catch (error) {
      process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
}

function residentMemory({ pid }: ChildProcess): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
