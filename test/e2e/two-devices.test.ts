import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import type { Launched } from '../electron-simulation/launch.ts';
import { openKnown, openNew, twoDevices, twoDevicesOnOneProcess } from './support/two-devices.ts';
import {
  editorText,
  noteInList,
  openNote,
  seesNotes,
  seesSaved,
  seesSync,
  typeAtEnd,
  writeNote,
} from './support/walk.ts';

const PATIENCE = { timeout: 60_000 };

/** Types at the beginning of the open note's first line and waits until that is on disk. */
const typeAtStart = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'Note', exact: true }).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type(text);
  await seesSaved(page);
};

const conflicts = async (burrows: Launched[]): Promise<number> => {
  const banner = 'Two devices changed the same line; Burrow kept both in one text.';
  const counts = await Promise.all(burrows.map(({ window }) => window.getByText(banner).count()));
  return counts.reduce((sum, count) => sum + count, 0);
};

/** Waits until all open notes have the same text with all these pieces; answers it. */
const meet = async (burrows: Launched[], pieces: string[]): Promise<string> => {
  const texts = () => Promise.all(burrows.map(({ window }) => editorText(window)));
  await expect
    .poll(texts, PATIENCE)
    .toSatisfy((all: string[]) =>
      all.every((text) => text === all[0] && pieces.every((piece) => text.includes(piece))),
    );
  return (await texts())[0] ?? '';
};

test('a note typed on one device appears on the other; both edit its line while apart, and both texts are there', async () => {
  const { laptop, phone } = await twoDevices();
  const a = await openNew(laptop);
  await writeNote(a.window, 'the first line');
  const b = await openKnown(phone);
  await openNote(b.window, 'the first line');
  await expect.poll(() => editorText(b.window)).toBe('the first line');

  await phone.door.cut();
  await typeAtEnd(a.window, ' from the laptop');
  await typeAtEnd(b.window, ' from the phone');
  await seesSync(a.window, /^Synced/);
  await seesSync(b.window, /^Offline/);

  await phone.door.restore();
  await meet([a, b], ['the first line', ' from the laptop', ' from the phone']);
});

test('with its servers down the app opens on its notes and takes edits; once they are back, all is synced', async () => {
  const { laptop } = await twoDevices();
  const first = await openNew(laptop);
  await writeNote(first.window, 'written online');
  await seesSync(first.window, /^Synced/);
  await first.close();

  await laptop.door.cut();
  const second = await laptop.open();
  await seesNotes(second.window);
  await openNote(second.window, 'written online');
  await typeAtEnd(second.window, ' and offline');
  await seesSync(second.window, /^Offline/);
  await second.kill();

  await laptop.door.restore();
  const third = await laptop.open();
  await seesNotes(third.window);
  await noteInList(third.window, 'written online and offline').waitFor();
  await seesSync(third.window, /^Synced/);
});

test('the stack is killed while both edit one line, one app is killed while it writes and starts without a server: nothing is lost', async () => {
  const { stack, laptop, phone } = await twoDevicesOnOneProcess();
  const a = await openNew(laptop);
  await writeNote(a.window, 'the first line');
  await seesSync(a.window, /^Synced/);
  const b = await openKnown(phone);
  await openNote(b.window, 'the first line');

  await stack.kill();
  await typeAtEnd(a.window, ' from the laptop');
  await typeAtStart(b.window, 'From the phone: ');
  for (const { window } of [a, b]) await seesSync(window, /^Offline/);
  // In the middle of writing: what follows "saved" may be there or not, what comes before must.
  await a.window.keyboard.type(' and');
  await a.kill();

  const again = await laptop.open();
  await seesNotes(again.window);
  await openNote(again.window, 'the first line from the laptop');
  await typeAtEnd(again.window, ', after the restart');
  await again.window.getByRole('searchbox', { name: 'Search notes' }).fill('laptop restart');
  await again.window.getByRole('status').filter({ hasText: '1 note found' }).waitFor();
  await again.window.getByRole('button', { name: 'Clear search' }).click();
  await writeNote(again.window, 'a new note with no server to ask');
  await openNote(again.window, 'the first line');
  await seesSync(again.window, /^Offline/);

  await stack.start();
  for (const { window } of [again, b]) await seesSync(window, /^Synced/);
  const text = await meet([again, b], ['From the phone: the first line', ' from the laptop', ', after the restart']);
  expect(text).toMatch(/^From the phone: the first line from the laptop( and)?, after the restart$/);
  await expect.poll(() => conflicts([again, b]), PATIENCE).toBeGreaterThan(0);
  await noteInList(b.window, 'a new note with no server to ask').waitFor();
});
