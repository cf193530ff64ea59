import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixture, type FixtureApi, type FixtureMain } from './fixtures/start-fixture.ts';
import type { Launched } from './launch.ts';

const place = createFixture();
let launched: Launched;
beforeAll(async () => {
  launched = await place.start();
}, 30_000);
afterAll(() => place.end());

declare const fixture: FixtureApi;
declare const fixtureMain: FixtureMain;

describe('ipcRenderer.invoke', () => {
  it('carries values by structured clone from the page to main and back', async () => {
    const result = await launched.window.evaluate(async () => {
      const value = {
        bytes: new Uint8Array([1, 2, 255]),
        map: new Map([['k', new Set([5n])]]),
        date: new Date(1000),
        missing: undefined,
        error: new RangeError('far'),
      };
      const back = (await fixture.invoke('echo', value)) as typeof value;
      return [
        back.bytes instanceof Uint8Array && [...back.bytes],
        back.map.get('k')?.has(5n),
        back.date instanceof Date && back.date.getTime(),
        'missing' in back,
        back.error instanceof RangeError && back.error.message,
      ];
    });
    expect(result).toEqual([[1, 2, 255], true, 1000, true, 'far']);
    const inMain = await launched.app.evaluate(() => {
      const value = fixtureMain.lastValue as { bytes: Uint8Array; map: Map<string, Set<bigint>> };
      return [value.bytes.constructor.name, value.map.get('k')?.has(5n)];
    });
    expect(inMain).toEqual(['Uint8Array', true]);
  });

  it('carries a megabyte whole', async () => {
    const [length, sum] = await launched.window.evaluate(async () => {
      const back = (await fixture.invoke('echo', new Uint8Array(1 << 20).fill(3))) as Uint8Array;
      return [back.length, back.reduce((total, byte) => total + byte, 0)];
    });
    expect([length, sum]).toEqual([1 << 20, 3 * (1 << 20)]);
  });

  it('tells main the frame by the address of the app', async () => {
    await launched.window.evaluate(() => fixture.invoke('echo'));
    const sender = await launched.app.evaluate(() => fixtureMain.seen.senders.at(-1));
    expect(sender).toEqual({ url: 'burrow://app/index.html', main: true });
  });

  it.each([
    ['fail', "Error: Error invoking remote method 'fail': TypeError: that went wrong"],
    ['nobody', "Error: Error invoking remote method 'nobody': Error: No handler registered for 'nobody'"],
    ['unclonable', "Error: Error invoking remote method 'unclonable': Error: An object could not be cloned."],
  ])('rejects with the words that Electron uses (%s)', async (channel, message) => {
    const said = await launched.window.evaluate((name) => fixture.invoke(name).catch(String), channel);
    expect(said).toBe(message);
  });

  it('refuses what cannot be cloned before it is sent', async () => {
    const said = await launched.window.evaluate(() => {
      try {
        return fixture.invoke('echo', new WeakMap()).then(() => 'sent', String);
      } catch (error) {
        return `thrown: ${error}`;
      }
    });
    expect(said).toBe('thrown: Error: An object could not be cloned.');
  });
});

describe('ipcMain', () => {
  it('refuses a second handler for a channel', async () => {
    const said = await launched.app.evaluate(({ ipcMain }) => {
      try {
        ipcMain.handle('echo', () => {});
        return 'accepted';
      } catch (error) {
        return String(error);
      }
    });
    expect(said).toBe("Error: Attempted to register a second handler for 'echo'");
  });
});

describe('contextBridge', () => {
  it('proxies functions both ways, synchronously, and freezes what it exposes', async () => {
    const result = await launched.window.evaluate(async () => {
      const { add, apply, nested, invoke } = fixture;
      let thrown = '';
      try {
        fixture.refuse();
      } catch (error) {
        thrown = error instanceof RangeError ? String(error) : 'not a RangeError of this world';
      }
      return {
        sum: add(2, 3),
        applied: apply((value) => `${value}!`, 'hey'),
        frozen: [Object.isFrozen(fixture), Object.isFrozen(nested), Object.isFrozen(nested.list)],
        thrown,
        promise: invoke('echo', 1) instanceof Promise,
      };
    });
    expect(result).toEqual({
      sum: 5,
      applied: 'hey!',
      frozen: [true, true, true],
      thrown: 'RangeError: not that way',
      promise: true,
    });
  });

  it('lets a page listen until it unsubscribes', async () => {
    const heard = await launched.window.evaluate(async () => {
      const values: unknown[] = [];
      const api = fixture;
      const next = () =>
        new Promise<void>((resolve) => {
          const stop = api.onNoted(() => {
            stop();
            resolve();
          });
        });
      const unsubscribe = api.onNoted((value) => values.push(value));
      let arrived = next();
      api.note({ n: 1 });
      await arrived;
      unsubscribe();
      arrived = next();
      api.note({ n: 2 });
      await arrived;
      return values;
    });
    expect(heard).toEqual([{ n: 1 }]);
  });

  it("keeps the preload's world out of the page's reach", async () => {
    const reached = await launched.window.evaluate(() => {
      const world = globalThis as unknown as Record<string, unknown>;
      const names = ['require', 'process', 'module', 'ipcRenderer', 'burrowSimulatedSend', 'burrowSimulatedDoor'];
      const constructed = (fixture.add as unknown as { constructor: FunctionConstructor }).constructor;
      return [...names.map((name) => typeof world[name]), constructed === Function];
    });
    expect(reached).toEqual([...Array(6).fill('undefined'), true]);
  });
});
