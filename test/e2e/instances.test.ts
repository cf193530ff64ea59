import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseHost } from '../electron-simulation/host.ts';
import { newUserData, openBurrow } from './support/burrow.ts';
import { continueHere, noteInList, seesSignIn, writeNote } from './support/walk.ts';

const root = join(import.meta.dirname, '..', '..');

test('a second start on the same folder ends by itself, and the first goes on with its notes', async () => {
  const userData = newUserData();
  const first = await openBurrow(userData);
  await seesSignIn(first.window);
  await continueHere(first.window);
  await writeNote(first.window, 'still here');

  const second = spawn(chooseHost().executable, [root], {
    env: { ...process.env, BURROW_USER_DATA: userData, BURROW_SIMULATED_HEADLESS: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  second.stderr.on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  expect(said).toContain('already running');
  await noteInList(first.window, 'still here').waitFor();
  expect(first.app.windows()).toHaveLength(1);
});

test('two Burrows with different folders run side by side and share nothing', async () => {
  const [one, two] = [await openBurrow(newUserData()), await openBurrow(newUserData())];
  await seesSignIn(one.window);
  await seesSignIn(two.window);
  await continueHere(one.window);
  await writeNote(one.window, 'only in the first');
  await continueHere(two.window);
  expect(await two.window.getByText('only in the first').count()).toBe(0);
});
