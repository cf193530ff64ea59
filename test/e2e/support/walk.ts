import type { Page } from 'playwright';

/** What a person does, by the names that a screen reader says. Used by the end-to-end tests and by `npm run demo`. */

const PATIENCE = 30_000;

export const seesSignIn = async (page: Page): Promise<void> => {
  await page.getByRole('main', { name: 'Sign in' }).waitFor({ timeout: PATIENCE });
  await page.locator('.cl-signIn-root, .cl-signUp-root').first().waitFor({ timeout: PATIENCE });
};

/** Types e-mail and password into Clerk's own form; a new address becomes an account. */
export const signUp = async (page: Page, email: string, password: string): Promise<void> => {
  await page.locator('input[name=identifier]').fill(email);
  await page.locator('.cl-formButtonPrimary').click();
  // An unknown address leads to Clerk's sign-up form with the address filled in.
  await page
    .locator('.cl-signUp-root, .cl-signUpStart-root, [data-localization-key^="signUp"]')
    .first()
    .waitFor({ timeout: PATIENCE });
  await page.locator('input[name=password]').fill(password);
  await page.locator('.cl-formButtonPrimary').click();
  await seesNotes(page);
};

export const signIn = async (page: Page, email: string, password: string): Promise<void> => {
  await page.locator('input[name=identifier]').fill(email);
  await page.locator('.cl-formButtonPrimary').click();
  await page.locator('input[name=password]').fill(password);
  await page.locator('.cl-formButtonPrimary').click();
  await seesNotes(page);
};

export const continueHere = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Continue on this computer' }).click({ timeout: PATIENCE });
  await seesNotes(page);
};

export const seesNotes = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'New note' }).first().waitFor({ timeout: PATIENCE });

export const goTo = (page: Page, screen: 'Notes' | 'Connection' | 'Settings'): Promise<void> =>
  page.getByRole('navigation').getByRole('button', { name: screen, exact: true }).click();

/** Writes a new note and waits until it is on disk. */
export const writeNote = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('button', { name: 'New note' }).first().click();
  const editor = page.getByRole('textbox', { name: 'Note', exact: true });
  await editor.click();
  await page.keyboard.type(text);
  await seesSaved(page);
};

export const seesSaved = (page: Page): Promise<void> =>
  page.getByRole('status').filter({ hasText: 'Saved' }).first().waitFor({ timeout: PATIENCE });

const editor = (page: Page) => page.getByRole('textbox', { name: 'Note', exact: true });

export const openNote = async (page: Page, title: string): Promise<void> => {
  await noteInList(page, title).click();
  await editor(page).waitFor({ timeout: PATIENCE });
};

export const editorText = (page: Page): Promise<string> =>
  editor(page).evaluate((element) => (element as unknown as { innerText: string }).innerText);

/** Types at the end of the open note and waits until that is on disk. */
export const typeAtEnd = async (page: Page, text: string): Promise<void> => {
  await editor(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
  await seesSaved(page);
};

/** Waits until the footer says this of the sync. */
export const seesSync = (page: Page, words: RegExp): Promise<void> =>
  page.getByRole('status', { name: 'Sync' }).getByRole('button', { name: words }).waitFor({ timeout: 60_000 });

export const noteInList = (page: Page, title: string) =>
  page.getByRole('list', { name: 'Notes' }).getByText(title, { exact: false }).first();

/** Asks every link who the user is; gives what each said, by the name of the link: an id, or the failure in words. */
export const askFauna = async (page: Page): Promise<Record<string, string>> => {
  await goTo(page, 'Connection');
  await page.getByRole('button', { name: 'Ask Fauna who I am' }).click();
  const chain = page.getByRole('list', { name: 'The chain from Clerk to Fauna' });
  const answered = chain
    .locator('[data-link=fauna]')
    .filter({ has: page.getByRole('img', { name: /Agrees|Answered|Failed/ }) });
  await answered.waitFor({ timeout: PATIENCE });
  const links = await chain.locator('[data-link]').all();
  const said = await Promise.all(
    links.map(async (link) => [
      (await link.getAttribute('data-link')) ?? '',
      (await link
        .locator('code')
        .getAttribute('title', { timeout: 500 })
        .catch(() => null)) ??
        (await link.textContent()) ??
        '',
    ]),
  );
  return Object.fromEntries(said);
};

export const signOut = async (page: Page): Promise<void> => {
  await goTo(page, 'Settings');
  await page
    .getByRole('button', { name: /^Sign out/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await dialog.getByRole('button', { name: 'Sign out', exact: true }).click();
  const anyway = dialog.getByRole('button', { name: 'Sign out anyway' });
  const entry = page.getByRole('main', { name: 'Sign in' });
  await anyway.or(entry).first().waitFor({ timeout: PATIENCE });
  if (await anyway.isVisible()) await anyway.click();
  await seesSignIn(page);
};
