import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import faunadb from 'faunadb';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { createFaunaClient } from '../../src/main/fauna/client.ts';
import { newUserData, openBurrow } from './support/burrow.ts';
import { type RunningStack, startStack } from './support/stack.ts';
import { askFauna, goTo, noteInList, seesSignIn, signUp, writeNote } from './support/walk.ts';

const q = faunadb.query;
const JWT = /ey[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/;

const admin = (stack: RunningStack) =>
  createFaunaClient({ endpoint: stack.faunaEndpoint, secret: `${stack.stack.keys.rootKey}:burrow:admin`, fetch });

/** Signs up on a good stack, writes a note, then breaks it and asks again. */
const afterBreaking = async (
  breakIt: (stack: RunningStack) => Promise<unknown>,
): Promise<{ said: Record<string, string>; window: Page }> => {
  const stack = await startStack();
  const { window } = await openBurrow(newUserData(), { env: { BURROW_CONNECTION: stack.connectionFile() } });
  await seesSignIn(window);
  await signUp(window, 'grace@example.com', 'correct horse battery');
  await writeNote(window, 'kept whatever happens');
  await breakIt(stack);
  const said = await askFauna(window);
  return { said, window };
};

const expectNothingLost = async (window: Page): Promise<void> => {
  expect(await window.locator('body').textContent()).not.toMatch(JWT);
  await goTo(window, 'Notes');
  await noteInList(window, 'kept whatever happens').waitFor();
};

test.each<[string, (stack: RunningStack) => Promise<unknown>, RegExp]>([
  ['the role is gone', (stack) => admin(stack).query(q.Delete(q.Role('notes_owner'))), /your role does not allow/i],
  [
    'the access provider is gone',
    (stack) => admin(stack).query(q.Delete(q.AccessProvider('clerk'))),
    /does not accept the token/i,
  ],
  [
    "the provider's issuer is another",
    (stack) => admin(stack).query(q.Update(q.AccessProvider('clerk'), { issuer: 'https://clerk.burrow.internal/' })),
    /does not accept the token/i,
  ],
  [
    "the provider's keys cannot be fetched",
    (stack) => admin(stack).query(q.Update(q.AccessProvider('clerk'), { jwks_uri: 'https://127.0.0.1:9/jwks.json' })),
    /does not accept the token|unavailable/i,
  ],
])(
  '%s: the link of the chain says so in words with a mend, no note is lost, no token shown',
  async (_what, breakIt, sentence) => {
    const { said, window } = await afterBreaking(breakIt);
    expect(said.clerk).toMatch(/^user_/);
    expect(said.main).toBe(said.clerk);
    expect(said.fauna).toMatch(sentence);
    await expectNothingLost(window);
  },
);

test('both services down: main and Fauna say that they cannot be reached, and the notes stay', async () => {
  const { said, window } = await afterBreaking((stack) => stack.stop());
  expect(said.fauna).toMatch(/cannot be reached/i);
  await expectNothingLost(window);
});

test('the JWT template is missing: the sentence names it', async () => {
  const stack = await startStack();
  const { window } = await openBurrow(newUserData(), {
    env: { BURROW_CONNECTION: stack.connectionFile({ template: 'fuana' }) },
  });
  await seesSignIn(window);
  await signUp(window, 'grace@example.com', 'correct horse battery');
  expect((await askFauna(window)).fauna).toMatch(/no JWT template named "fuana"/);
});

test('the publishable key of another instance: main refuses the session token and says which issuer it expects', async () => {
  const stack = await startStack();
  const otherKey = `pk_test_${Buffer.from('other.clerk.example$').toString('base64')}`;
  const { window } = await openBurrow(newUserData(), {
    env: { BURROW_CONNECTION: stack.connectionFile({ publishableKey: otherKey }) },
  });
  await seesSignIn(window);
  await window.locator('input[name=identifier]').fill('grace@example.com');
  await window.keyboard.press('Enter');
  await window.locator('input[name=password]').fill('correct horse battery');
  await window.keyboard.press('Enter');
  await window.getByText(/another issuer/).waitFor();
  await window
    .getByText(/publishable key/)
    .first()
    .waitFor();
});

test.each([
  [
    'a malformed publishable key',
    JSON.stringify({ clerk: { publishableKey: 'pk_test_zzz' }, fauna: { endpoint: 'https://fauna.example.com' } }),
    /publishable key/i,
  ],
  ['a connection file that is no JSON', '{"clerk"', /connection file/i],
])('%s: the window says so and what to do', async (_what, content, sentence) => {
  const userData = newUserData();
  const file = `${userData}-connection.json`;
  writeFileSync(file, content);
  const { window } = await openBurrow(userData, { env: { BURROW_CONNECTION: file } });
  await window.getByRole('main', { name: 'Sign in' }).getByText(sentence).first().waitFor();
});

test('the Frontend API cannot be reached: the sign-in screen says so and offers to try again', async () => {
  const stack = await startStack();
  const file = stack.connectionFile({ frontendApi: 'http://127.0.0.1:9' });
  const { window } = await openBurrow(newUserData(), { env: { BURROW_CONNECTION: file } });
  await window.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 60_000 });
  expect(await window.getByRole('main', { name: 'Sign in' }).textContent()).toMatch(/reach/i);
});

test("a clock that is an hour off: main says that it may be this computer's clock", async () => {
  const stack = await startStack();
  const userData = newUserData();
  const { window, app } = await openBurrow(userData, { env: { BURROW_CONNECTION: stack.connectionFile() } });
  await seesSignIn(window);
  await signUp(window, 'grace@example.com', 'correct horse battery');
  await app.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 3_600_000;
  });
  const said = await askFauna(window);
  expect(`${said.main} ${said.fauna}`).toMatch(/clock/i);
});

test('a damaged mark in the user-data folder: a sentence before any window, and nothing is changed', async () => {
  const userData = newUserData();
  const first = await openBurrow(userData);
  await seesSignIn(first.window);
  await first.close();
  writeFileSync(join(userData, 'burrow.json'), '{"format"');
  await expect(openBurrow(userData)).rejects.toThrow();
});
