import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import {
  askFauna,
  goTo,
  noteInList,
  seesNotes,
  seesSignIn,
  signOut,
  signUp,
  writeNote,
} from '../../test/e2e/support/walk.ts';
import { type Launched, launchBurrow } from '../../test/electron-simulation/launch.ts';
import { buildApp } from '../support/build.ts';
import { ensureChromium } from '../support/chromium.ts';
import { runSteps, type Step } from './report.ts';
import { twoDevices } from './two-devices.ts';

/** `npm run demo -- --out DIR`: a person's first minutes with Burrow, headless, on the real app. */
const { values } = parseArgs({ options: { out: { type: 'string', default: 'demo' } } });
const out = resolve(values.out);

if (!ensureChromium()) process.exit(1);
buildApp();
mkdirSync(out, { recursive: true });

const userData = join(mkdtempSync(join(tmpdir(), 'burrow-demo-')), 'user-data');
let burrow: Launched | null = null;
const page = (): Page => {
  if (!burrow) throw new Error('Burrow is not running');
  return burrow.window;
};
const open = async (): Promise<void> => {
  burrow = await launchBurrow({ userData });
};

const email = 'grace@example.com';
const password = 'correct horse battery staple';
const title = 'A note from the demo';

const steps: Step[] = [
  {
    name: 'Start',
    run: async () => {
      await open();
      await seesSignIn(page());
      return `Burrow shows its sign-in screen in the ${burrow?.host} host, on the embedded stack`;
    },
  },
  {
    name: 'Sign up by e-mail and password',
    run: async () => {
      await signUp(page(), email, password);
      return `${email} signed up by typing into Clerk's form`;
    },
  },
  {
    name: 'Ask Fauna who I am',
    run: async () => {
      const { clerk, main, fauna } = await askFauna(page());
      if (!clerk?.startsWith('user_') || clerk !== main || main !== fauna)
        throw new Error(`the links disagree: Clerk ${clerk}, main ${main}, Fauna ${fauna}`);
      return `Clerk, main and Fauna agree on ${fauna}`;
    },
  },
  {
    name: 'Write a note',
    run: async () => {
      await goTo(page(), 'Notes');
      await writeNote(page(), `# ${title}\n\nWritten on ${process.platform}, saved before it was called saved.`);
      return 'the note was typed and is saved';
    },
  },
  {
    name: 'Restart',
    run: async () => {
      await burrow?.close();
      await open();
      await seesNotes(page());
      await noteInList(page(), title).click();
      await page().getByText('saved before it was called saved').first().waitFor();
      return 'still signed in, and the note is there';
    },
  },
  {
    name: 'Dark',
    run: async () => {
      await page().emulateMedia({ colorScheme: 'dark' });
      return 'the same screen in dark';
    },
  },
  {
    name: 'Sign out',
    run: async () => {
      await page().emulateMedia({ colorScheme: 'light' });
      await signOut(page());
      return 'signed out; the sign-in screen is back';
    },
  },
];

let shown: Page | null = null;
const two = twoDevices((window) => {
  shown = window;
});

const ok = await runSteps({
  out,
  steps: [...steps, ...two.steps],
  host: () => burrow?.host ?? 'none',
  shot: async (name) => {
    await (shown ?? burrow?.window)?.screenshot({ path: join(out, `${name}.png`) });
  },
});
await two.close();
await (burrow as Launched | null)?.close().catch(() => {});
rmSync(join(userData, '..'), { recursive: true, force: true });
console.log(
  ok ? `All steps are ok; report and screenshots are in ${out}.` : `A step failed; see ${join(out, 'report.json')}.`,
);
process.exit(ok ? 0 : 1);
