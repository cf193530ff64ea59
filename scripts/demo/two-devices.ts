import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { openStack, type Stack } from '../../src/embedded/stack.ts';
import { setUpFauna } from '../../src/main/fauna/schema/set-up.ts';
import { ensureJwtTemplate } from '../../src/main/identity/jwt-template.ts';
import { type Door, openDoor } from '../../test/e2e/support/door.ts';
import {
  editorText,
  noteInList,
  seesNotes,
  seesSignIn,
  seesSync,
  signIn,
  signUp,
  typeAtEnd,
  writeNote,
} from '../../test/e2e/support/walk.ts';
import { type Launched, launchBurrow } from '../../test/electron-simulation/launch.ts';
import type { Step } from './report.ts';

interface Device {
  door: Door;
  userData: string;
  app: Launched | null;
}

const email = 'ada@example.com';
const password = 'correct horse battery staple';

/** Two computers of one person on servers of their own: offline, a restart offline, back, both edit one line apart. */
export const twoDevices = (showing: (page: Page) => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-demo-two-'));
  let stack: Stack | null = null;
  const devices: Device[] = [];

  const startServers = async (): Promise<void> => {
    stack = await openStack({ data: join(folder, 'servers') });
    for (const name of ['laptop', 'phone']) {
      devices.push({ door: await openDoor(stack), userData: join(folder, name), app: null });
    }
    const { clerk, fauna } = (devices[0] as Device).door.addresses;
    const { issuer, jwksUri, keys } = stack;
    const { audience } = await setUpFauna({ endpoint: fauna, adminKey: keys.rootKey, fetch, issuer, jwksUri });
    await ensureJwtTemplate({ backendApi: clerk, secretKey: keys.secretKey, fetch, name: 'fauna', audience });
  };
  const device = (at: number): Device => devices[at] as Device;
  const open = async (at: number): Promise<Page> => {
    const { door, userData } = device(at);
    const app = await launchBurrow({ userData, env: { BURROW_CONNECTION: door.file } });
    device(at).app = app;
    showing(app.window);
    return app.window;
  };
  const page = (at: number): Page => {
    const { app } = device(at);
    if (!app) throw new Error('this device is not running');
    showing(app.window);
    return app.window;
  };
  const until = async (what: string, check: () => Promise<boolean>): Promise<void> => {
    for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((r) => setTimeout(r, 100))) {
      if (await check()) return;
    }
    throw new Error(what);
  };

  const steps: Step[] = [
    {
      name: 'Own servers',
      run: async () => {
        await startServers();
        const window = await open(0);
        await seesSignIn(window);
        await signUp(window, email, password);
        await writeNote(window, 'the plan');
        await seesSync(window, /^Synced/);
        return 'a first device on servers reached by a connection file; its note is synced';
      },
    },
    {
      name: 'Go offline and edit',
      run: async () => {
        await device(0).door.cut();
        await typeAtEnd(page(0), ' for Monday');
        await seesSync(page(0), /^Offline/);
        return 'the servers are out of reach; the edit is saved and waits';
      },
    },
    {
      name: 'Restart offline',
      run: async () => {
        // As after a power cut: quitting would ask about the edit that waits.
        await device(0).app?.kill();
        const started = performance.now();
        const window = await open(0);
        await seesNotes(window);
        const ms = Math.round(performance.now() - started);
        await noteInList(window, 'the plan for Monday').click();
        return `killed and started again: its notes were there in ${ms} ms with no server to ask`;
      },
    },
    {
      name: 'Come back',
      run: async () => {
        await device(0).door.restore();
        await seesSync(page(0), /^Synced/);
        return 'the edit was synced by itself once the servers were back';
      },
    },
    {
      name: 'Second device',
      run: async () => {
        const window = await open(1);
        await seesSignIn(window);
        await signIn(window, email, password);
        await noteInList(window, 'the plan for Monday').click();
        await until('the text did not arrive', async () => (await editorText(window)) === 'the plan for Monday');
        return 'the same person on a second device has the note';
      },
    },
    {
      name: 'Both edit one line apart',
      run: async () => {
        await device(1).door.cut();
        await typeAtEnd(page(0), ', by train');
        await typeAtEnd(page(1), ', with Grace');
        await seesSync(page(1), /^Offline/);
        await device(1).door.restore();
        for (const at of [0, 1]) {
          await until('an edit is missing', async () => {
            const text = await editorText(page(at));
            return text.includes(', by train') && text.includes(', with Grace');
          });
        }
        const [a, b] = [await editorText(page(0)), await editorText(page(1))];
        if (a !== b) throw new Error(`the devices differ: ${a} / ${b}`);
        return `both texts are on both devices: ${a}`;
      },
    },
  ];

  const close = async (): Promise<void> => {
    for (const { app, door } of devices) {
      await app?.kill().catch(() => {});
      await door.close();
    }
    await stack?.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { steps, close };
};
