import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { newUserData, openBurrow } from './support/burrow.ts';
import { continueHere, goTo, noteInList, seesSignIn, writeNote } from './support/walk.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  id: string;
  help: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** What axe finds against WCAG 2.2 A and AA in the page as it is now, Clerk's own components left out. */
const violations = async (page: Page, screen: string): Promise<string[]> => {
  // Animations would be caught halfway, with half their contrast.
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'));
  const found = await page.evaluate(async () => {
    const { axe: engine } = window as unknown as {
      axe: { run(context: object, options: object): Promise<{ violations: Violation[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const result = await engine.run({ exclude: [['[class*="cl-"]']] }, { runOnly: { type: 'tag', values: tags } });
    return result.violations;
  });
  return found.map(
    ({ id, help, nodes }) =>
      `${screen}: ${id}, ${help}: ${nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary})`).join('; ')}`,
  );
};

const screens: [name: string, go: (page: Page) => Promise<void>][] = [
  ['notes', (page) => goTo(page, 'Notes')],
  ['an open note', (page) => noteInList(page, 'Hedges').click()],
  ['the version history', (page) => page.getByRole('button', { name: 'Version history' }).click()],
  ['the command palette', (page) => page.keyboard.press('Control+Shift+P')],
  ['settings', (page) => goTo(page, 'Settings')],
  ['the sync log', (page) => page.getByRole('main').getByRole('button', { name: 'Sync log' }).click()],
  ['connection', (page) => goTo(page, 'Connection')],
  ['the sync status', (page) => page.getByRole('status', { name: 'Sync' }).getByRole('button').click()],
];

test('no screen breaks WCAG 2.2 AA, light or dark', async () => {
  const { window } = await openBurrow(newUserData());
  // By evaluation, not by a script element: the content security policy stays as it is.
  const withAxe = async () => {
    const { readFile } = await import('node:fs/promises');
    await window.evaluate(await readFile(axe, 'utf8'));
  };
  await seesSignIn(window);
  await withAxe();
  const found = await violations(window, 'sign-in');
  await continueHere(window);
  await withAxe();
  await writeNote(window, '# Hedges\n\n- [ ] hawthorn and `rose`, see https://example.org\n\n**older** than the barn');
  for (const theme of ['Light', 'Dark']) {
    await goTo(window, 'Settings');
    await window.getByText(theme, { exact: true }).click();
    for (const [name, go] of screens) {
      await go(window);
      await window.waitForTimeout(200);
      found.push(...(await violations(window, `${name}, ${theme.toLowerCase()}`)));
      if ((await window.getByRole('dialog').count()) > 0) await window.keyboard.press('Escape');
      await window.getByRole('dialog').waitFor({ state: 'detached' });
    }
  }
  expect(found).toEqual([]);
});

test('the whole window can be used by keyboard: the palette makes a note, opens one, and gives the focus back', async () => {
  const { window } = await openBurrow(newUserData());
  await seesSignIn(window);
  await continueHere(window);
  const editor = window.getByRole('textbox', { name: 'Note', exact: true });
  const palette = window.getByRole('combobox', { name: 'Command or note' });
  const complaints: string[] = [];
  window.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));

  await window.keyboard.press('Control+Shift+P');
  await palette.waitFor();
  await window.keyboard.type('new note');
  await window.keyboard.press('Enter');
  await editor.waitFor();
  await expect.poll(() => editor.evaluate((node) => node === document.activeElement)).toBe(true);
  // Letters as fast as they go: hundreds of updates in one burst once cut the editor off its note.
  await window.keyboard.type(`Written by hand\n${'and more of it, '.repeat(25)}to the end`);
  await noteInList(window, 'Written by hand').waitFor();
  await window.getByRole('searchbox', { name: 'Search notes' }).fill('"to the end"');
  await window.getByRole('status').filter({ hasText: '1 note found' }).waitFor();
  await window.getByRole('button', { name: 'Clear search' }).click();
  await editor.click();

  await window.keyboard.press('Control+Shift+P');
  await palette.waitFor();
  await window.keyboard.press('Escape');
  await expect.poll(() => editor.evaluate((node) => node === document.activeElement)).toBe(true);

  await window.keyboard.press('Control+Shift+P');
  await palette.waitFor();
  await window.keyboard.type('settings');
  await window.keyboard.press('Enter');
  await window.getByRole('heading', { name: 'Settings' }).waitFor();
  await window.keyboard.press('Control+Shift+P');
  await palette.waitFor();
  await window.keyboard.type('written hand');
  await window.keyboard.press('Enter');
  await expect.poll(() => editor.evaluate((node) => node === document.activeElement)).toBe(true);
  expect(complaints).toEqual([]);
});
