import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { createFixture, type FixtureApi, type FixtureMain, fixtureApp } from './fixtures/start-fixture.ts';
import { simulatedElectron } from './host.ts';

let place = createFixture();
afterEach(async () => {
  await place.end();
  place = createFixture();
});

declare const fixture: FixtureApi;
declare const fixtureMain: FixtureMain;

/** Processes, Chromium's own included, that name `text` on their command line. */
const processesWith = (text: string): number => {
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'args='], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(text)).length;
};

describe('safeStorage', () => {
  it('decrypts after a restart what it encrypted, and only with its keyring', async () => {
    const first = await place.start();
    const encrypted = (await first.window.evaluate(() => fixture.invoke('encrypt', 'a secret'))) as Uint8Array;
    expect(Buffer.from(encrypted).toString('latin1')).not.toContain('secret');
    await first.close();

    const bytes = [...encrypted];
    const second = await place.start();
    const decrypt = (values: number[]) => fixture.invoke('decrypt', new Uint8Array(values)).catch(String);
    expect(await second.window.evaluate(decrypt, bytes)).toBe('a secret');
    await second.close();

    const third = await place.start({ env: { BURROW_SIMULATED_SAFE_STORAGE: 'undecryptable' } });
    expect(await third.window.evaluate(decrypt, bytes)).toContain('Error while decrypting the ciphertext');
  });

  it('can be told to be unavailable', async () => {
    const { app } = await place.start();
    const available = (mode: string) =>
      app.evaluate(({ safeStorage }, value) => {
        process.env.BURROW_SIMULATED_SAFE_STORAGE = value;
        return [safeStorage.isEncryptionAvailable(), safeStorage.getSelectedStorageBackend()];
      }, mode);
    expect(await available('')).toEqual([true, 'gnome_libsecret']);
    expect(await available('unavailable')).toEqual([false, 'basic_text']);
    expect(await available('basic_text')).toEqual([false, 'basic_text']);
  });
});

describe('a second instance', () => {
  it('leaves its arguments to the first and ends', async () => {
    const first = await place.start({ env: { FIXTURE_SINGLE: '1' } });
    const second = spawn(simulatedElectron, [fixtureApp, 'burrow://note/1'], {
      env: { ...process.env, ...place.env({ FIXTURE_SINGLE: '1' }), BURROW_SIMULATED_HEADLESS: '1' },
      stdio: 'ignore',
    });
    const code = await new Promise((resolve) => second.once('exit', resolve));
    expect(code).toBe(0);
    const seen = () => first.app.evaluate(() => fixtureMain.seen.second);
    await expect.poll(async () => (await seen()).length).toBe(1);
    const [instance] = await seen();
    expect(instance?.argv.at(-1)).toBe('burrow://note/1');
    expect(instance?.data).toEqual({ from: 'second' });
  });

  it('may start once the first was killed', async () => {
    const first = await place.start({ env: { FIXTURE_SINGLE: '1' } });
    await first.kill();
    const second = await place.start({ env: { FIXTURE_SINGLE: '1' } });
    expect(await second.app.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
  });
});

describe('a utility process', () => {
  it('exchanges messages over its parent port and ends with main', async () => {
    const { app, kill } = await place.start();
    const { reply, pid } = await app.evaluate(
      () =>
        new Promise<{ reply: unknown; pid: number | undefined }>((resolve) => {
          const { utility } = fixtureMain;
          utility.once('message', (message) => resolve({ reply: message, pid: utility.pid }));
          utility.postMessage(new Map([['bytes', new Uint8Array([1])]]));
        }),
    );
    expect(reply).toEqual({ echoed: 'Map', ports: 0, argv: ['--flag'], type: 'utility' });
    await kill();
    const isGone = () => {
      try {
        return !process.kill(pid ?? 0, 0);
      } catch {
        return true;
      }
    };
    await expect.poll(isGone, { timeout: 10_000 }).toBe(true);
  });
});

describe('the end', () => {
  it('comes when the last window is closed, as the app has it', async () => {
    const { app, window } = await place.start();
    const ended = new Promise((resolve) => app.process().once('exit', resolve));
    await window.close();
    expect(await ended).toBe(0);
    expect(processesWith(place.userData)).toBe(0);
  });

  it('can be prevented by a window', async () => {
    const { app } = await place.start();
    const windows = await app.evaluate(({ app: electronApp, BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.once('close', (event) => event.preventDefault());
      electronApp.quit();
      return BrowserWindow.getAllWindows().length;
    });
    expect(windows).toBe(1);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isDestroyed())).toBe(false);
  });

  it('takes Chromium along when main is killed', async () => {
    const { kill } = await place.start();
    expect(processesWith(place.userData)).toBeGreaterThan(0);
    await kill();
    await expect.poll(() => processesWith(place.userData), { timeout: 10_000 }).toBe(0);
  });

  it('keeps what the page stored for the next start', async () => {
    const first = await place.start();
    type Storage = { localStorage: { kept?: string } };
    await first.window.evaluate(() => {
      (globalThis as unknown as Storage).localStorage.kept = 'yes';
    });
    await first.close();
    const second = await place.start();
    expect(await second.window.evaluate(() => (globalThis as unknown as Storage).localStorage.kept)).toBe('yes');
  });

  it('shows main a window whose page crashed, and one whose Chromium is gone', async () => {
    const { app } = await place.start();
    const reason = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const gone = new Promise((resolve) =>
        contents?.once('render-process-gone', (_event, details) => resolve(details.reason)),
      );
      void contents?.loadURL('chrome://crash').catch(() => {});
      return gone;
    });
    expect(reason).toBe('crashed');

    const ended = new Promise((resolve) => app.process().once('exit', resolve));
    await app.evaluate(() => {
      const host = globalThis as unknown as { burrowSimulatedHost: { chromium: { process: ChildProcess } } };
      host.burrowSimulatedHost.chromium.process.kill('SIGKILL');
    });
    expect(await ended).toBe(0);
  });
});

describe('without Playwright', () => {
  it('starts by itself, opens no port and quits on SIGTERM', async () => {
    const child = spawn(simulatedElectron, [fixtureApp], {
      env: { ...process.env, ...place.env(), BURROW_SIMULATED_HEADLESS: '1', FIXTURE_ANNOUNCE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    await expect.poll(() => output, { timeout: 15_000 }).toContain('window shown');
    expect(output).not.toContain('listening on');
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
    expect(processesWith(place.userData)).toBe(0);
  });
});
