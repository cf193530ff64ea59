import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type ServicesProcess, superviseServices } from '../../../src/main/connection/supervisor.ts';

const script = join(import.meta.dirname, 'services-child.ts');

/** Supervises real processes that end as `plan` says. */
const supervise = (plan: string, options: { restartAfterMs?: number[]; steadyMs?: number } = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-services-'));
  const file = join(folder, 'plan');
  writeFileSync(file, plan);
  const children: ChildProcess[] = [];
  const start = (): ServicesProcess => {
    const child = fork(script, [file], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    children.push(child);
    return {
      post: (message) => child.connected && child.send(message as object),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.on('exit', listener),
      kill: () => void child.kill('SIGKILL'),
    };
  };
  const services = superviseServices({ start, restartAfterMs: [5, 10], ...options });
  onTestFinished(() => {
    services.stop();
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  const pid = async () => ((await (await services.fetch('http://x/')).json()) as { pid: number }).pid;
  return { services, children, pid };
};

test('whoever asks while the services are being started waits for them', async () => {
  const { services, pid, children } = supervise('serve');
  expect(await pid()).toBe(children[0]?.pid);
  expect(await services.keys()).toEqual({ rootKey: 'root', secretKey: 'secret' });
});

test('services that are killed are started again: what was under way fails, what is asked next is answered', async () => {
  const { services, pid } = supervise('serve serve');
  let ups = 0;
  services.onUp(() => ups++);
  const first = await pid();
  const underWay = services.fetch('http://x/crash');
  await expect(underWay).rejects.toThrow(new TypeError('fetch failed: the embedded services are not running'));
  const second = await pid();
  expect(second).not.toBe(first);
  expect(ups).toBe(2);
  expect(services.problem()).toBeNull();
});

test('one that ends before it is ready costs whoever waits a little time, and nothing else', async () => {
  const { services, pid, children } = supervise('exit fail serve', { restartAfterMs: [5] });
  expect(await pid()).toBe(children[2]?.pid);
  expect(services.problem()).toBeNull();
});

test('after several in a row it is said in words, whoever asks hears it at once, and the next good start mends it', async () => {
  const { services, pid } = supervise('exit exit fail', { restartAfterMs: [5, 5, 300] });
  const told: (string | null)[] = [];
  services.onProblem(() => told.push(services.problem()?.code ?? null));
  const words = {
    code: 'embedded-stack-failed',
    message: "Burrow's own services on this computer ended 3 times in a row: the data cannot be read.",
    mend: 'Your notes are untouched and edits are saved. Burrow keeps trying; if it goes on, restart Burrow and look at its log.',
  };
  await expect(pid()).rejects.toMatchObject({ failure: words });
  await expect(services.keys()).rejects.toMatchObject({ failure: words });
  expect(services.problem()).toEqual(words);
  await expect.poll(() => services.problem()).toBeNull();
  expect(await pid()).toBeGreaterThan(0);
  expect(told).toEqual(['embedded-stack-failed', null]);
});

test('crashes far apart are not several in a row', async () => {
  const { services, pid } = supervise('serve serve serve serve', { restartAfterMs: [1], steadyMs: 1 });
  for (let crash = 0; crash < 4; crash++) {
    await pid();
    // Longer than it takes to count as steady.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await services.fetch('http://x/crash').catch(() => {});
    expect(services.problem()).toBeNull();
  }
  expect(await pid()).toBeGreaterThan(0);
});

test('once stopped nothing is started again, and whoever waits is told', async () => {
  const { services, children, pid } = supervise('exit', { restartAfterMs: [60_000] });
  const waiting = pid();
  await new Promise((resolve) => children[0]?.once('exit', resolve));
  services.stop();
  await expect(waiting).rejects.toThrow('the embedded services were stopped');
  await expect(services.keys()).rejects.toThrow('the embedded services were stopped');
  expect(children).toHaveLength(1);
});
