import { createLocalJWKSet, jwtVerify } from 'jose';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type AppWindow, type BuiltPage, openBrowser, openWindow } from './browser/app-window.ts';
import { backend } from './support/backend-client.ts';
import { nativeClient, PASSWORD, signUp } from './support/native-client.ts';
import { type TestClerk, testClerk } from './support/test-clerk.ts';

// The real clerk-js and Clerk's prebuilt UI, in a real Chromium, under the app's strict CSP.

vi.setConfig({ testTimeout: 60_000 });

let built: BuiltPage;
beforeAll(async () => {
  built = await openBrowser();
}, 60_000);
afterAll(() => built?.close());

async function windowOf(clerk: TestClerk, clientToken: string | null = null): Promise<AppWindow> {
  const window = await openWindow(built, clerk, clientToken);
  onTestFinished(() => window.close());
  return window;
}

const userId = (page: Page) => page.evaluate('clerk.user?.id ?? null');
const signedIn = (page: Page) => expect.poll(() => userId(page), { timeout: 10_000 }).not.toBeNull();
const signedOut = (page: Page) => expect.poll(() => userId(page), { timeout: 10_000 }).toBeNull();
/** Enter, since leaving a field shows advice below it, which moves the button away from under the pointer. */
const proceed = (page: Page) => page.keyboard.press('Enter');

async function signUpByTyping({ page }: AppWindow, emailAddress = 'grace@example.com'): Promise<void> {
  await page.evaluate('harness.signInForm()');
  await page.fill('input[name=identifier]', emailAddress);
  await proceed(page);
  await page.waitForSelector('text=Create your account');
  await page.fill('input[name=password]', PASSWORD);
  await proceed(page);
}

/** A window in which somebody is signed in already. */
async function signedInWindowOf(clerk: TestClerk): Promise<AppWindow> {
  const client = nativeClient(clerk);
  await signUp(client, 'grace@example.com');
  return windowOf(clerk, client.token);
}

test('a person signs up by typing an e-mail address and a password; no mailbox is needed', async () => {
  const clerk = await testClerk();
  const window = await windowOf(clerk);
  const { page } = window;
  await signUpByTyping(window);
  await signedIn(page);
  expect(await page.evaluate('clerk.user.primaryEmailAddress.emailAddress')).toBe('grace@example.com');
  expect(await page.evaluate('clerk.session.status')).toBe('active');
  await expect.poll(() => page.evaluate('visited')).toContain('/home');
});

test('the page asks nobody but its own origin, breaks no rule of its CSP and never holds the client token', async () => {
  const window = await windowOf(await testClerk());
  const { page } = window;
  await signUpByTyping(window);
  await signedIn(page);
  await page.evaluate('harness.clear()');
  await page.evaluate('void harness.profile()');
  await page.waitForSelector('.cl-profilePage');
  const token = window.clientToken() ?? '';
  expect(token).toMatch(/^ey/);
  const held = (await page.evaluate(
    'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, clerk.client.__internal_toSnapshot()])',
  )) as string;
  expect(held).not.toContain(token);
  expect(window.leaked).toEqual([]);
  expect(window.strangers).toEqual([]);
  // The one complaint is the browser's own, about the answer that says there is no such account yet.
  expect(window.complaints).toEqual([expect.stringContaining('422')]);
});

test('getToken gives the session token and a template token that the JWKS verifies', async () => {
  const clerk = await testClerk();
  await backend(clerk, 'POST', '/jwt_templates', {
    name: 'fauna',
    claims: { aud: 'https://db.fauna.com/db/ywpr1', email: '{{user.primary_email_address}}' },
    lifetime: 600,
  });
  const { page } = await signedInWindowOf(clerk);
  const keys = createLocalJWKSet(clerk.jwks());
  const session = await jwtVerify((await page.evaluate('clerk.session.getToken()')) as string, keys);
  expect(session.payload).toMatchObject({
    iss: clerk.issuer,
    sub: await userId(page),
    sid: await page.evaluate('clerk.session.id'),
    v: 2,
  });
  const fauna = await jwtVerify(
    (await page.evaluate(`clerk.session.getToken({ template: 'fauna' })`)) as string,
    keys,
    {
      audience: 'https://db.fauna.com/db/ywpr1',
      issuer: clerk.issuer,
    },
  );
  expect(fauna.payload).toMatchObject({ sub: await userId(page), email: 'grace@example.com' });
  expect(fauna.payload).not.toHaveProperty('sid');
  expect(await page.evaluate(`harness.outcome(() => clerk.session.getToken({ template: 'nope' }))`)).toMatchObject({
    status: 404,
    errors: [['resource_not_found', null]],
  });
  expect(await userId(page)).not.toBeNull();
});

test('a person signs out, is told that a password is wrong, and signs in with the right one', async () => {
  const { page } = await signedInWindowOf(await testClerk());
  const before = await userId(page);
  await page.evaluate('clerk.signOut(() => {})');
  await signedOut(page);
  expect(await page.evaluate('clerk.client.sessions.length')).toBe(0);

  await page.evaluate('harness.signInForm()');
  await page.fill('input[name=identifier]', 'Grace@Example.com');
  await proceed(page);
  await page.waitForSelector('.cl-signIn-password');
  await page.fill('input[name=password]', 'not the password');
  await proceed(page);
  await page.waitForSelector('text=This is not the right password');
  await page.fill('input[name=password]', PASSWORD);
  await proceed(page);
  await signedIn(page);
  expect(await userId(page)).toBe(before);
});

test('a ticket signs in at once, and only once', async () => {
  const clerk = await testClerk();
  const user = await backend(clerk, 'POST', '/users', {
    external_id: 'this-computer',
    first_name: 'This computer',
    public_metadata: { local: true },
    skip_password_requirement: true,
  });
  const made = await backend(clerk, 'POST', '/sign_in_tokens', { user_id: user.body.id, expires_in_seconds: 60 });
  const use = `(async () => {
    const signIn = await clerk.client.signIn.create({ strategy: 'ticket', ticket: ${JSON.stringify(made.body.token)} });
    await clerk.setActive({ session: signIn.createdSessionId });
    return signIn.status;
  })`;
  const { page } = await windowOf(clerk);
  expect(await page.evaluate(`harness.outcome(${use})`)).toEqual({ value: 'complete' });
  expect(await userId(page)).toBe(user.body.id);
  expect(await page.evaluate('clerk.user.publicMetadata')).toEqual({ local: true });
  await page.evaluate('clerk.signOut(() => {})');
  expect(await page.evaluate(`harness.outcome(${use})`)).toMatchObject({
    status: 400,
    errors: [['sign_in_token_already_used_code', 'ticket']],
  });
});

test('a signed-in person stays signed in when window and Clerk are restarted', async () => {
  const clerk = await testClerk();
  const first = await signedInWindowOf(clerk);
  const before = await userId(first.page);
  clerk.close();
  const second = await windowOf(await testClerk({ folder: clerk.folder }), first.clientToken());
  expect(await userId(second.page)).toBe(before);
  expect(await second.page.evaluate('clerk.session.getToken()')).toMatch(/^ey/);
});

test('in the profile a person changes their name and picture, and finds no unfinished e-mail business', async () => {
  const { page } = await signedInWindowOf(await testClerk());
  await page.evaluate('void harness.profile()');
  await page.click('text=Update profile');
  await page.fill('input[name=firstName]', 'Grace');
  await page.fill('input[name=lastName]', 'Hopper');
  await proceed(page);
  await expect.poll(() => page.evaluate('clerk.user.fullName')).toBe('Grace Hopper');
  await page.click('text=Update profile');
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  await page.setInputFiles('input[type=file]', { name: 'me.png', mimeType: 'image/png', buffer: png });
  await expect.poll(() => page.evaluate('clerk.user.hasImage')).toBe(true);
  expect(await page.evaluate('clerk.user.imageUrl')).toMatch(/^data:image\/png;base64,/);
  // Both would end in a code that no mailbox receives.
  expect(await page.locator('text=Add email address').count()).toBe(0);
  expect(await page.locator('text=Unverified').count()).toBe(0);
});

test('in the profile a person changes their password, and deletes the account', async () => {
  const clerk = await testClerk();
  const { page } = await signedInWindowOf(clerk);
  await page.evaluate('void harness.profile()');
  await page.click('.cl-navbarButton__security');
  await page.waitForSelector('text=This device');
  await page.click('text=Update password');
  await page.fill('input[name=currentPassword]', 'not the password');
  await page.fill('input[name=newPassword]', 'another good password');
  await page.fill('input[name=confirmPassword]', 'another good password');
  await proceed(page);
  await page.waitForSelector('text=This is not the right password');
  await page.fill('input[name=currentPassword]', PASSWORD);
  await proceed(page);
  await page.waitForSelector('input[name=currentPassword]', { state: 'detached' });

  await page.click('.cl-profileSectionPrimaryButton__danger');
  await page.fill('input[name=deleteConfirmation]', 'Delete account');
  await proceed(page);
  await signedOut(page);
  expect((await backend(clerk, 'GET', '/users/count')).body.total_count).toBe(0);
});

test('with a mailbox, sign-up asks for the code that was sent', async () => {
  const clerk = await testClerk({ mailbox: true });
  const window = await windowOf(clerk);
  const { page } = window;
  await signUpByTyping(window);
  await expect.poll(() => clerk.codes.length, { timeout: 10_000 }).toBe(1);
  await typeCode(page, clerk);
  await signedIn(page);
  expect(await page.evaluate('clerk.user.primaryEmailAddress.verification.strategy')).toBe('email_code');
});

test('with a mailbox, a forgotten password is reset by a code', async () => {
  const clerk = await testClerk({ mailbox: true });
  await backend(clerk, 'POST', '/users', { email_address: ['grace@example.com'], password: 'the forgotten one' });
  const { page } = await windowOf(clerk);
  await page.evaluate('harness.signInForm()');
  await page.fill('input[name=identifier]', 'grace@example.com');
  await proceed(page);
  await page.click('text=Forgot password?');
  await page.click('text=Reset your password');
  await expect.poll(() => clerk.codes.length, { timeout: 10_000 }).toBe(1);
  await typeCode(page, clerk);
  await page.fill('input[name=password]', PASSWORD);
  await page.fill('input[name=confirmPassword]', PASSWORD);
  await proceed(page);
  await signedIn(page);
});

async function typeCode(page: Page, clerk: TestClerk): Promise<void> {
  await page.focus('input[data-input-otp]');
  await page.keyboard.type(clerk.codes.at(-1)?.code ?? '');
}
