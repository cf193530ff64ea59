import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, type TestContext, test } from 'vitest';
import { Editor } from '../main/notes/editor.ts';
import { openBurrow } from './support/burrow.ts';
import { mountSmallDisk } from './support/small-disk.ts';
import { continueHere, openNote, seesNotes, seesSignIn, seesSync, writeNote } from './support/walk.ts';

interface PageNotes {
  list(): Promise<{ value: { id: string }[] }>;
  open(input: { id: string }): Promise<{ value: { state: Uint8Array } }>;
}
declare const burrow: { notes: PageNotes };

const saveState = (page: Page, state: 'saved' | 'failed') =>
  page.locator(`[aria-label="Save state"][data-state=${state}]`);

const chunkOf = (number: number): string => `chunk ${number}: ${'and so on, '.repeat(1_500)}end of ${number}.\n`;

declare global {
  interface Window {
    leftSaved?: Promise<void>;
  }
}

/** Looks out for the moment when it does not say "saved" any more: on a busy machine that is shorter than asking takes. */
const lookOut = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.leftSaved = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('[aria-label="Save state"]:not([data-state=saved])')) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
  });

/** Types whole chunks into the open note until one is not saved; how many were called saved. */
const typeUntilFull = async (page: Page): Promise<number> => {
  for (let number = 1; number < 1_000; number++) {
    await lookOut(page);
    await page.keyboard.insertText(chunkOf(number));
    await page.evaluate(() => window.leftSaved);
    await saveState(page, 'saved').or(saveState(page, 'failed')).waitFor();
    if (await saveState(page, 'failed').isVisible()) return number - 1;
  }
  throw new Error('the disk does not get full');
};

/** The one note as main has it. */
const textInMain = async (page: Page): Promise<string> => {
  const state = await page.evaluate(async () => {
    const [note] = (await burrow.notes.list()).value;
    return [...(await burrow.notes.open({ id: note?.id ?? '' })).value.state];
  });
  return new Editor(Uint8Array.from(state)).text.toString();
};
const textOf = (chunks: number): string =>
  `kept from before\n${Array.from({ length: chunks }, (_, at) => chunkOf(at + 1)).join('')}`;

const seesFullDisk = (page: Page): Promise<void> =>
  page.getByText('The disk is full, so nothing could be saved. Free some space, then try again.').waitFor();

/** The app on a small disk with a synced note; the test is left out, in words, where no disk can be mounted. */
const onSmallDisk = async ({ skip }: TestContext) => {
  const disk = mountSmallDisk();
  if (typeof disk === 'string') return skip(disk);
  const userData = join(disk.folder, 'user-data');
  const first = await openBurrow(userData);
  await seesSignIn(first.window);
  await continueHere(first.window);
  await writeNote(first.window, 'kept from before\n');
  await seesSync(first.window, /^Synced/);
  return { disk, userData, first };
};
const ROOM = 2_000_000;

test('the disk gets full while typing: the window says so, nothing saved is lost, and with space it saves and syncs', async (context) => {
  const { disk, first } = await onSmallDisk(context);
  const { window } = first;
  disk.fill(ROOM);
  const saved = await typeUntilFull(window);
  await seesFullDisk(window);
  expect(saved).toBeGreaterThan(0);
  expect(await textInMain(window)).toBe(textOf(saved));

  disk.free();
  await saveState(window, 'saved').waitFor();
  expect(await textInMain(window)).toBe(textOf(saved + 1));
  await seesSync(window, /^Synced/);
});

test('the app is killed on a full disk and starts on it: all that was saved is there, and with space it goes on', async (context) => {
  const { disk, userData, first } = await onSmallDisk(context);
  disk.fill(ROOM);
  const saved = await typeUntilFull(first.window);
  await first.kill();

  disk.fill(0);
  const { window } = await openBurrow(userData);
  await seesNotes(window);
  expect(await textInMain(window)).toBe(textOf(saved));
  await openNote(window, 'kept from before');
  await window.getByRole('textbox', { name: 'Note', exact: true }).click();
  await window.keyboard.press('Control+End');
  disk.fill(0);
  await window.keyboard.insertText(chunkOf(saved + 1).repeat(8));
  await seesFullDisk(window);

  disk.free();
  await saveState(window, 'saved').waitFor();
  expect(await textInMain(window)).toBe(textOf(saved) + chunkOf(saved + 1).repeat(8));
  await seesSync(window, /^Synced/);
});
