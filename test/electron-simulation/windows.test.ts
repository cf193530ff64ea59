import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixture, type FixtureMain } from './fixtures/start-fixture.ts';
import type { Launched } from './launch.ts';

const place = createFixture();
let launched: Launched;
beforeAll(async () => {
  launched = await place.start({ env: { FIXTURE_THEME: 'dark' } });
}, 30_000);
afterAll(() => place.end());

declare const fixtureMain: FixtureMain;
const seen = () => launched.app.evaluate(() => fixtureMain.seen);
const settled = (check: () => Promise<boolean>) => expect.poll(check, { timeout: 10_000 }).toBe(true);

describe('the app protocol', () => {
  it("gives main's handler the method, headers and bytes that the page sent", async () => {
    const echoed = await launched.window.evaluate(async () => {
      const response = await fetch('/echo?x=1', {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'x-own': 'yes' },
        body: new Uint8Array([0, 1, 255]),
      });
      return (await response.json()) as { url: string; method: string; headers: [string, string][]; body: string };
    });
    expect(echoed).toMatchObject({ url: 'burrow://app/echo?x=1', method: 'POST', body: 'AAH/' });
    expect(Object.fromEntries(echoed.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-own': 'yes',
      origin: 'burrow://app',
      referer: 'burrow://app/index.html',
    });
  });

  it('carries form data and a megabyte of body', async () => {
    const [form, length] = await launched.window.evaluate(async () => {
      const body = new URLSearchParams({ a: '1 & 2' });
      const first = (await (await fetch('/echo', { method: 'POST', body })).json()) as { body: string };
      const large = { method: 'POST', body: new Uint8Array(1 << 20).fill(65) };
      const second = (await (await fetch('/echo', large)).json()) as { body: string };
      return [atob(first.body), atob(second.body).length];
    });
    expect(form).toBe('a=1+%26+2');
    expect(length).toBe(1 << 20);
  });

  it("answers a worker's requests too", async () => {
    const answer = await launched.window.evaluate(() => {
      const view = globalThis as unknown as { Worker: new (url: string) => EventTarget };
      const worker = new view.Worker('/worker.js');
      return new Promise((resolve) => {
        worker.addEventListener('message', (event) => resolve((event as MessageEvent).data));
        worker.addEventListener('error', () => resolve('the worker failed'));
      });
    });
    expect(answer).toBe('burrow://app/echo');
  });

  it('is a secure context without cookies, and follows redirects of its own', async () => {
    const facts = await launched.window.evaluate(async () => {
      const view = globalThis as unknown as { document: { cookie: string }; isSecureContext: boolean };
      view.document.cookie = 'a=1';
      const digest = await crypto.subtle.digest('SHA-256', new Uint8Array());
      const moved = await fetch('/moved');
      return [
        view.isSecureContext,
        view.document.cookie,
        digest.byteLength,
        moved.ok,
        (await fetch('/broken').catch(String)) as string,
      ];
    });
    expect(facts).toEqual([true, '', 32, true, 'TypeError: Failed to fetch']);
  });
});

describe('the network', () => {
  it("is first closed by the page's policy, then by the host, which keeps a record", async () => {
    const results = await launched.window.evaluate(async () => {
      const violations: string[] = [];
      const target = globalThis as unknown as EventTarget;
      target.addEventListener('securitypolicyviolation', (event) =>
        violations.push((event as unknown as { blockedURI: string }).blockedURI),
      );
      const refused = await fetch('https://refused.example/x').catch(String);
      const allowed = await fetch('https://allowed.example/y').catch(String);
      return { refused, allowed, violations };
    });
    expect(results).toEqual({
      refused: 'TypeError: Failed to fetch',
      allowed: 'TypeError: Failed to fetch',
      violations: ['https://refused.example/x'],
    });
    const attempts = await launched.app.evaluate(
      () =>
        (globalThis as unknown as { burrowSimulatedHost: { networkAttempts: { url: string }[] } }).burrowSimulatedHost
          .networkAttempts,
    );
    expect(attempts.map(({ url }) => url)).toEqual(['https://allowed.example/y']);
  });
});

describe('navigation', () => {
  it('asks the app, and stays where it was when the app prevents it', async () => {
    await launched.window.click('#outside');
    await settled(async () => (await seen()).navigations.includes('https://outside.example/page'));
    expect(
      await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()),
    ).toBe('burrow://app/index.html');
    expect(await launched.window.textContent('h1')).toBe('Fixture');
  });

  it('does not ask about navigations of main, or of a test', async () => {
    const before = (await seen()).navigations.length;
    await launched.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL('burrow://app/third.html'),
    );
    await launched.window.reload();
    expect((await seen()).navigations.length).toBe(before);
  });

  it('lets the page go where the app allows', async () => {
    await launched.window.click('#inside');
    await launched.window.waitForURL('**/second.html');
    expect((await seen()).navigations.at(-1)).toBe('burrow://app/second.html');
  });

  it('opens no second window, by script or by click, and asks the app', async () => {
    const opened = await launched.window.evaluate(() => {
      const { open } = globalThis as unknown as { open(url: string): unknown };
      return open('https://popup.example/') === null;
    });
    expect(opened).toBe(true);
    await launched.window.click('#inside', { modifiers: ['ControlOrMeta'] });
    await settled(async () => (await seen()).opened.length === 2);
    expect((await seen()).opened).toEqual(['https://popup.example/', 'burrow://app/second.html']);
    await settled(async () => launched.app.windows().length === 1);
  });
});

describe('a window', () => {
  it('has the size that it was made with, its page’s title, and is shown when ready', async () => {
    const size = await launched.window.evaluate(() => {
      const { innerWidth, innerHeight } = globalThis as unknown as { innerWidth: number; innerHeight: number };
      return [innerWidth, innerHeight];
    });
    expect(size).toEqual([900, 640]);
    const inMain = () =>
      launched.app.evaluate(({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows()[0];
        return [window?.isVisible(), window?.getTitle(), window?.webContents.getType()];
      });
    await expect.poll(inMain).toEqual([true, 'Fixture', 'window']);
  });

  it('follows nativeTheme', async () => {
    const isDark = () =>
      launched.window.evaluate(() => {
        const { matchMedia } = globalThis as unknown as { matchMedia(query: string): { matches: boolean } };
        return matchMedia('(prefers-color-scheme: dark)').matches;
      });
    expect(await isDark()).toBe(true);
    await launched.app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'light';
    });
    await settled(async () => !(await isDark()));
  });

  it('brings menu items, by a click of a test or by their shortcut', async () => {
    await launched.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('new')?.click());
    await launched.window.keyboard.press('ControlOrMeta+n');
    await settled(async () => (await seen()).chosen.length === 2);
  });

  it('is found by Playwright from its page', async () => {
    const window = await launched.app.browserWindow(launched.window);
    expect(await window.evaluate((found) => found.webContents.id)).toBeGreaterThan(0);
  });
});
