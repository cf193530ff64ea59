import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { Editor } from '../main/notes/editor.ts';
import { newUserData, openBurrow } from './support/burrow.ts';
import { continueHere, noteInList, seesSignIn, writeNote } from './support/walk.ts';

interface PageNotes {
  list(): Promise<{ value: { id: string; title: string }[] }>;
  open(input: { id: string }): Promise<{ value: { state: Uint8Array } }>;
  save(input: { id: string; update: Uint8Array }): Promise<unknown>;
}
declare const burrow: { notes: PageNotes };

const withNotes = async (): Promise<Page> => {
  const { window } = await openBurrow(newUserData());
  await seesSignIn(window);
  await continueHere(window);
  for (const text of ['alpha', 'beta', 'gamma']) await writeNote(window, text);
  return window;
};

/** The note of this title gets a longer one, as an edit of another device does it, and goes to the top of the list. */
const editElsewhere = async (page: Page, title: string, more: string): Promise<void> => {
  const { id, state } = await page.evaluate(async (wanted) => {
    const { value: notes } = await burrow.notes.list();
    const note = notes.find((one) => one.title === wanted);
    if (!note) throw new Error(`no note is called ${wanted}`);
    return { id: note.id, state: [...(await burrow.notes.open({ id: note.id })).value.state] };
  }, title);
  const editor = new Editor(Uint8Array.from(state));
  const update = [...editor.insert(editor.text.length, more)];
  await page.evaluate((edit) => burrow.notes.save({ id: edit.id, update: Uint8Array.from(edit.update) }), {
    id,
    update,
  });
  await noteInList(page, title + more).waitFor();
  await expect.poll(() => rows(page)).toSatisfy((titles: string[]) => titles[0]?.startsWith(title + more) === true);
};
const rows = (page: Page) => page.locator('[data-note-row]').allInnerTexts();
const selected = (page: Page) => page.locator('[data-note-row][aria-current]').innerText();

const press = async (page: Page, title: string): Promise<void> => {
  const box = await noteInList(page, title).boundingBox();
  if (!box) throw new Error(`the note ${title} is not in view`);
  await page.mouse.move(box.x + 10, box.y + box.height / 2);
  await page.mouse.down();
};

test.each([
  ['it moves away under the pointer', 'alpha', 'alpha'],
  ['its title changes in place', 'gamma', 'gamma'],
  ['another takes its place', 'alpha', 'beta'],
])('a note that is pressed is opened, although before the button is let go %s', async (_what, pressed, edited) => {
  const page = await withNotes();
  if (pressed === 'gamma') await noteInList(page, 'alpha').click();
  await press(page, pressed);
  await editElsewhere(page, edited, ' and more');
  await page.mouse.up();
  await expect.poll(() => selected(page)).toMatch(new RegExp(`^${pressed}`));
});

test('letting go elsewhere opens nothing', async () => {
  const page = await withNotes();
  await press(page, 'alpha');
  const editor = await page.getByRole('region', { name: 'Editor' }).boundingBox();
  await page.mouse.move((editor?.x ?? 0) + 200, (editor?.y ?? 0) + 200);
  await page.mouse.up();
  expect(await selected(page)).toMatch(/^gamma/);
});
