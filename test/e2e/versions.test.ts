import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { openKnown, openNew, twoDevices } from './support/two-devices.ts';
import { editorText, noteInList, openNote, seesSync, typeAtEnd, writeNote } from './support/walk.ts';

const openVersions = async (page: Page): Promise<Locator> => {
  await page.getByRole('button', { name: 'Version history' }).click();
  const dialog = page.getByRole('dialog', { name: 'Version history' });
  await dialog.getByText('Looking for earlier versions').waitFor({ state: 'detached' });
  return dialog;
};

/** The texts of the versions of one place, the newest first, as the dialog shows each of them whole. */
const textsOf = async (dialog: Locator, place: 'Fauna' | 'This computer'): Promise<string[]> => {
  const texts: string[] = [];
  for (const version of await dialog.locator('label', { hasText: place }).all()) {
    await version.click();
    await dialog.getByText('Whole text', { exact: true }).click();
    texts.push(await dialog.getByRole('region', { name: 'Preview' }).innerText());
  }
  return texts;
};

/** A note whose text was synced in three steps, the last of them from the other device. */
const threeSteps = async () => {
  const { laptop, phone } = await twoDevices();
  const [a, b] = [await openNew(laptop), await openKnown(phone)];
  await writeNote(a.window, 'the plan');
  await noteInList(b.window, 'the plan').waitFor();
  await typeAtEnd(a.window, ' for Monday');
  await openNote(b.window, 'the plan for Monday');
  await expect.poll(() => editorText(b.window)).toBe('the plan for Monday');
  await typeAtEnd(b.window, ', with Grace');
  for (const { window } of [a, b]) {
    await expect.poll(() => editorText(window)).toBe('the plan for Monday, with Grace');
    await noteInList(window, 'the plan for Monday, with Grace').waitFor();
    await seesSync(window, /^Synced/);
  }
  return { laptop, phone, a, b };
};

test('online the dialog has Fauna’s earlier texts; one is compared, and restored as a new edit on both devices', async () => {
  const { a, b } = await threeSteps();
  const dialog = await openVersions(a.window);
  const texts = await textsOf(dialog, 'Fauna');
  // Fauna has each push; a text that was typed in two pushes has one version more.
  expect(texts).toContain('the plan for Monday');
  expect(texts).toContain('the plan');
  expect(texts).not.toContain('the plan for Monday, with Grace');
  expect(await dialog.getByText('Only what this computer keeps').count()).toBe(0);

  const wanted = dialog.locator('label', { hasText: 'Fauna' }).nth(texts.indexOf('the plan'));
  await wanted.click();
  await dialog.getByText('Differences', { exact: true }).click();
  const differences = dialog.getByRole('region', { name: 'Differences from the note as it is now' });
  expect(await differences.locator('del').innerText()).toBe('the plan for Monday, with Grace');
  expect(await differences.locator('ins').innerText()).toBe('the plan');

  await dialog.getByRole('button', { name: 'Restore this version' }).click();
  await dialog.waitFor({ state: 'detached' });
  for (const { window } of [a, b]) {
    await expect.poll(() => editorText(window)).toBe('the plan');
    await seesSync(window, /^Synced/);
  }
  // The text from before is not gone: both have it in their history.
  for (const { window } of [a, b]) {
    const after = await openVersions(window);
    expect([...(await textsOf(after, 'Fauna')), ...(await textsOf(after, 'This computer'))]).toContain(
      'the plan for Monday, with Grace',
    );
  }
});

test('offline the dialog has this computer’s texts and says that Fauna’s are missing; one is restored and synced later', async () => {
  const { laptop, a, b } = await threeSteps();
  await laptop.door.cut();
  const dialog = await openVersions(a.window);
  await dialog.getByText('Only what this computer keeps').waitFor();
  expect(await dialog.locator('label', { hasText: 'Fauna' }).count()).toBe(0);
  // The text from before this computer wrote on; what the other device added took nothing of it away.
  expect(await textsOf(dialog, 'This computer')).toEqual(['the plan']);
  await dialog.getByRole('button', { name: 'Restore this version' }).click();
  await expect.poll(() => editorText(a.window)).toBe('the plan');
  expect(await editorText(b.window)).toBe('the plan for Monday, with Grace');

  await laptop.door.restore();
  await expect.poll(() => editorText(b.window), { timeout: 60_000 }).toBe('the plan');
});
