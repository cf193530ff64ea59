import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { newUserData, openBurrow } from './support/burrow.ts';
import { askFauna, continueHere, seesSignIn, signOut } from './support/walk.ts';

const JWT = /ey[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/;

/** Everything the page can keep, as text. */
const whatThePageKeeps = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const rows = await Promise.all(
      databases.map(
        ({ name }) =>
          new Promise<unknown>((resolve) => {
            const open = indexedDB.open(name ?? '');
            open.onerror = () => resolve('unreadable');
            open.onsuccess = () => {
              const stores = [...open.result.objectStoreNames];
              if (stores.length === 0) return resolve([]);
              const reading = open.result
                .transaction(stores)
                .objectStore(stores[0] as string)
                .getAll();
              reading.onsuccess = () => resolve(reading.result);
            };
          }),
      ),
    );
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, databases, rows]);
  });

test('no token is kept in the page or sent in its headers, and it asks no other origin', async () => {
  const { window } = await openBurrow(newUserData());
  const origins = new Set<string>();
  const authorized: string[] = [];
  window.on('request', async (request) => {
    if (!/^(data|blob):/.test(request.url())) origins.add(new URL(request.url()).host);
    if ((await request.allHeaders().catch(() => ({}) as Record<string, string>)).authorization)
      authorized.push(request.url());
  });
  window.on('response', async (response) => {
    if ((await response.allHeaders().catch(() => ({}) as Record<string, string>)).authorization)
      authorized.push(response.url());
  });
  await seesSignIn(window);
  await continueHere(window);
  await askFauna(window);
  await window.reload();
  await askFauna(window);
  expect(await whatThePageKeeps(window)).not.toMatch(JWT);
  expect([...origins]).toEqual([new URL(window.url()).host]);
  expect(authorized).toEqual([]);
});

test('the page has no Node and no Electron, only the contract', async () => {
  const { window } = await openBurrow(newUserData());
  await seesSignIn(window);
  const found = await window.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer'].filter((name) => name in globalThis),
    burrow: Object.keys((globalThis as unknown as { burrow: object }).burrow).sort(),
  }));
  expect(found.node).toEqual([]);
  expect(found.burrow).toEqual(['app', 'connection', 'identity', 'notes', 'on', 'sync']);
});

test('malformed and unknown messages get a failure in words and change nothing', async () => {
  const { window } = await openBurrow(newUserData());
  await seesSignIn(window);
  await continueHere(window);
  const outcomes = await window.evaluate(async () => {
    const { notes, identity } = (
      globalThis as unknown as { burrow: Record<string, Record<string, (input: unknown) => Promise<unknown>>> }
    ).burrow;
    return Promise.all([
      notes?.open?.({ id: '../../etc/passwd' }),
      notes?.save?.({ id: '1', update: new Uint8Array([1, 2, 3]) }),
      notes?.setTags?.({ id: '1', tags: 'all' }),
      notes?.purge?.(null),
      identity?.provideFaunaToken?.({ request: 'made-up', token: 'eyJa.eyJb.c' }),
      notes?.list?.({ all: true }),
    ]);
  });
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ ok: false, failure: { message: expect.stringMatching(/\.$/) } });
  expect(
    await window.evaluate(() =>
      (globalThis as unknown as { burrow: { notes: { list(): unknown } } }).burrow.notes.list(),
    ),
  ).toEqual({ ok: true, value: [] });
});

test('the window neither leaves its page nor opens another', async () => {
  const { window, app } = await openBurrow(newUserData());
  await seesSignIn(window);
  const before = window.url();
  await app.evaluate(({ shell }) => {
    (globalThis as unknown as { opened: string[] }).opened = [];
    shell.openExternal = async (url: string) => {
      (globalThis as unknown as { opened: string[] }).opened.push(url);
    };
  });
  await window.evaluate(() => {
    globalThis.open('file:///etc/passwd');
    globalThis.open('https://example.com/open');
  });
  await window.evaluate(() => {
    location.href = 'https://example.com/navigate';
  });
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened))
    .toEqual(['https://example.com/open', 'https://example.com/navigate']);
  expect(window.url()).toBe(before);
  expect(app.windows()).toHaveLength(1);
});

// `ss` is Linux's; elsewhere nothing on the machine tells it as plainly
test.skipIf(process.platform !== 'linux')('the app opens no port but the ones Playwright debugs it by', async () => {
  const { window, app } = await openBurrow(newUserData());
  await seesSignIn(window);
  await continueHere(window);
  const pids = descendants(app.process().pid ?? 0);
  const listening = listeningPorts(pids);
  const debugging = await app.evaluate(() => process.argv.concat(process.execArgv));
  // The inspector of main and the one of Chromium: both are opened by the test, none by the app.
  expect(listening.length, `listening: ${listening.join(', ')}; ${debugging.join(' ')}`).toBeLessThanOrEqual(2);
  for (const address of listening) expect(address).toMatch(/^127\.0\.0\.1:|^\[::1\]:/);
});

const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return (
          readFileSync(join('/proc', name, 'stat'), 'utf8')
            .split(') ')[1]
            ?.split(' ')[1] === String(pid)
        );
      } catch {
        return false;
      }
    })
    .map(Number);
const descendants = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(descendants)];

const listeningPorts = (pids: number[]): string[] =>
  execFileSync('ss', ['-ltnpH'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => pids.some((pid) => line.includes(`pid=${pid},`)))
    .map((line) => line.split(/\s+/)[3] ?? '');

test('signing out leaves no token and no snapshot behind', async () => {
  const userData = newUserData();
  const { window } = await openBurrow(userData);
  await seesSignIn(window);
  await continueHere(window);
  await askFauna(window);
  await signOut(window);
  expect(readdirSync(join(userData, 'identity')).filter((name) => name !== 'ended-tokens')).toEqual([]);
  expect(readFileSync(join(userData, 'logs', 'main.log'), 'utf8')).not.toMatch(JWT);
});
