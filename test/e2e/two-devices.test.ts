import { afterEach, expect, test } from 'vitest';
import { newUserData, openBurrow } from './support/burrow.ts';
import { type Door, openDoor } from './support/door.ts';
import { startStack } from './support/stack.ts';
import {
  editorText,
  noteInList,
  openNote,
  seesNotes,
  seesSignIn,
  seesSync,
  signIn,
  signUp,
  typeAtEnd,
  writeNote,
} from './support/walk.ts';

const email = 'grace@example.com';
const password = 'correct horse battery staple';
const doors: Door[] = [];

afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});

const twoDevices = async () => {
  const { stack } = await startStack();
  const device = async () => {
    const door = await openDoor(stack);
    doors.push(door);
    const userData = newUserData();
    const open = () => openBurrow(userData, { env: { BURROW_CONNECTION: door.file } });
    return { door, open };
  };
  return { laptop: await device(), phone: await device() };
};

test('a note typed on one device appears on the other; both edit its line while apart, and both texts are there', async () => {
  const { laptop, phone } = await twoDevices();
  const a = await laptop.open();
  await seesSignIn(a.window);
  await signUp(a.window, email, password);
  await writeNote(a.window, 'the first line');
  const b = await phone.open();
  await seesSignIn(b.window);
  await signIn(b.window, email, password);
  await openNote(b.window, 'the first line');
  await expect.poll(() => editorText(b.window)).toBe('the first line');

  await phone.door.cut();
  await typeAtEnd(a.window, ' from the laptop');
  await typeAtEnd(b.window, ' from the phone');
  await seesSync(a.window, /^Synced/);
  await seesSync(b.window, /^Offline/);

  await phone.door.restore();
  for (const { window } of [a, b]) {
    await expect.poll(() => editorText(window), { timeout: 60_000 }).toContain('from the laptop');
    await expect.poll(() => editorText(window), { timeout: 60_000 }).toContain('from the phone');
  }
  expect(await editorText(a.window)).toBe(await editorText(b.window));
});

test('with its servers down the app opens on its notes and takes edits; once they are back, all is synced', async () => {
  const { laptop } = await twoDevices();
  const first = await laptop.open();
  await seesSignIn(first.window);
  await signUp(first.window, email, password);
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
