import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..', '..');
const said = z.object({
  fauna: z.object({ endpoint: z.url() }),
  clerk: z.object({ publishableKey: z.string(), frontendApi: z.url() }),
});

export interface StackProcess {
  /** The connection file for `BURROW_CONNECTION`; its addresses stay the same over a restart. */
  file: string;
  /** SIGKILL, as when its computer loses power: the network to it is gone. */
  kill(): Promise<void>;
  /** The same data on the same ports. */
  start(): Promise<void>;
}

/** `npm run embedded` in a process of its own, ended with the test. */
export const startStackProcess = async (): Promise<StackProcess> => {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-stack-process-'));
  const file = join(folder, 'connection.json');
  let child: ChildProcess | null = null;
  let ports = { fauna: '0', clerk: '0' };

  const start = async (): Promise<void> => {
    const script = join(root, 'src', 'setup', 'run-embedded.ts');
    const where = ['--data', join(folder, 'data'), '--fauna-port', ports.fauna, '--clerk-port', ports.clerk];
    const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...where], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    for await (const line of createInterface({ input: started.stdout })) {
      const { fauna, clerk } = said.parse(JSON.parse(line));
      ports = { fauna: new URL(fauna.endpoint).port, clerk: new URL(clerk.frontendApi).port };
      const { publishableKey, frontendApi } = clerk;
      writeFileSync(file, JSON.stringify({ clerk: { publishableKey, frontendApi }, fauna }));
      return;
    }
    throw new Error('the stack ended before it was ready');
  };
  const kill = async (): Promise<void> => {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  };

  onTestFinished(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  return { file, kill, start };
};
