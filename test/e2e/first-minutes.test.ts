import { expect, test } from 'vitest';
import { newUserData, openBurrow } from './support/burrow.ts';
import {
  askFauna,
  continueHere,
  goTo,
  noteInList,
  seesNotes,
  seesSignIn,
  signIn,
  signOut,
  signUp,
  writeNote,
} from './support/walk.ts';

test('a person signs up, all three links agree, a note survives a restart, and signing out ends it', async () => {
  const userData = newUserData();
  const first = await openBurrow(userData);
  await seesSignIn(first.window);
  await signUp(first.window, 'grace@example.com', 'correct horse battery');
  const { clerk, main, fauna } = await askFauna(first.window);
  expect(clerk).toMatch(/^user_/);
  expect([main, fauna]).toEqual([clerk, clerk]);
  await goTo(first.window, 'Notes');
  await writeNote(first.window, '# Groceries\n\ntea and bread');
  await first.close();

  const second = await openBurrow(userData);
  await seesNotes(second.window);
  await noteInList(second.window, 'Groceries').click();
  await second.window.getByText('tea and bread').first().waitFor();
  await signOut(second.window);
  await second.close();

  const third = await openBurrow(userData);
  await seesSignIn(third.window);
  await signIn(third.window, 'grace@example.com', 'correct horse battery');
  await noteInList(third.window, 'Groceries').waitFor();
});

test('Continue on this computer opens the same account every time, and another person sees none of its notes', async () => {
  const { window } = await openBurrow(newUserData());
  await seesSignIn(window);
  await continueHere(window);
  await writeNote(window, 'mine alone');
  await signOut(window);
  await signUp(window, 'ada@example.com', 'correct horse battery');
  expect(await window.getByText('mine alone').count()).toBe(0);
  await signOut(window);
  await continueHere(window);
  await noteInList(window, 'mine alone').waitFor();
});

test('a note that the window calls saved is there after main was killed', async () => {
  const userData = newUserData();
  const first = await openBurrow(userData);
  await seesSignIn(first.window);
  await continueHere(first.window);
  await writeNote(first.window, 'written before the crash');
  await first.kill();

  const second = await openBurrow(userData);
  await seesNotes(second.window);
  await noteInList(second.window, 'written before the crash').waitFor();
});

test('a deleted note is in the trash, comes back from there, and is gone when deleted for good', async () => {
  const { window } = await openBurrow(newUserData());
  await seesSignIn(window);
  await continueHere(window);
  await writeNote(window, 'a passing thought');
  await window.getByRole('button', { name: 'Move to trash' }).click();
  await window.getByRole('complementary', { name: 'Filters' }).getByRole('button', { name: 'Trash' }).click();
  await noteInList(window, 'a passing thought').click();
  await window.getByRole('button', { name: 'Restore' }).first().click();
  await window.getByRole('complementary', { name: 'Filters' }).getByRole('button', { name: 'All notes' }).click();
  await noteInList(window, 'a passing thought').waitFor();
});
