import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createAccountKeeper } from '../../../src/main/identity/account.ts';
import { openEndedTokens } from '../../../src/main/identity/ended-tokens.ts';
import type { FrontendApi } from '../../../src/main/identity/frontend-api.ts';
import { openSecretFile, type SecretBox } from '../../../src/main/identity/secret-file.ts';
import { succeed } from '../../../src/shared/failure.ts';
import type { Account } from '../../../src/shared/identity/account.ts';

const plain: SecretBox = {
  available: async () => true,
  encrypt: async (text) => Buffer.from(text),
  decrypt: async (bytes) => bytes.toString(),
};
const someone: Account = { userId: 'user_1', label: 'Ada', email: null, local: false };

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const keeper = (frontendApi: Partial<FrontendApi> = {}, endedBox: SecretBox = plain) => {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-account-'));
  folders.push(folder);
  const changes: (Account | null)[] = [];
  const clientToken = openSecretFile(join(folder, 'client-token'), plain);
  const endedTokens = openEndedTokens(openSecretFile(join(folder, 'ended-tokens'), endedBox));
  const file = join(folder, 'account.json');
  const accounts = createAccountKeeper({
    file,
    verifier: { verify: async () => succeed({ userId: 'user_1', sessionId: 'sess_1' }) },
    frontendApi: {
      accountOf: async () => someone,
      endSessions: async () => false,
      faunaToken: async () => succeed('unused'),
      ...frontendApi,
    },
    clientToken,
    endedTokens,
    changed: (account) => {
      changes.push(account);
    },
  });
  return { accounts, clientToken, endedTokens, file, changes };
};

test('a sign-in that began before a sign-out does not sign in after it', async () => {
  const reached = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Account>();
  const { accounts, file, changes } = keeper({
    accountOf: () => {
      reached.resolve();
      return answer.promise;
    },
  });
  const signingIn = accounts.signIn('a token');
  await reached.promise;
  await accounts.signOut();
  answer.resolve(someone);
  expect(await signingIn).toMatchObject({ ok: false, failure: { code: 'signed-out' } });
  expect(accounts.current()).toBeNull();
  expect(existsSync(file)).toBe(false);
  expect(changes).toEqual([null]);
});

test('a sign-in that cannot be written down says so, and nobody is signed in', async () => {
  const { accounts, changes, file } = keeper();
  // A folder in the file's place: what a full disk is to a write, and the same for root.
  mkdirSync(file);
  await expect(accounts.signIn('a token')).rejects.toMatchObject({ failure: { code: 'account-not-kept' } });
  expect(accounts.current()).toBeNull();
  expect(changes).toEqual([]);
});

test('signing out does not wait for a Clerk that never answers', async () => {
  const { accounts, clientToken, endedTokens } = keeper({ endSessions: () => new Promise(() => {}) });
  await clientToken.write('client');
  await accounts.signIn('a token');
  await accounts.signOut();
  expect(accounts.current()).toBeNull();
  expect(await clientToken.read()).toBeNull();
  expect(await endedTokens.list()).toEqual(['client']);
});

test('a token to end that cannot be kept on disk does not stop the sign-out', async () => {
  const full: SecretBox = { ...plain, encrypt: () => Promise.reject(new Error('ENOSPC')) };
  const { accounts, clientToken, file } = keeper({}, full);
  await clientToken.write('client');
  await accounts.signIn('a token');
  await accounts.signOut();
  expect(await clientToken.read()).toBeNull();
  expect(existsSync(file)).toBe(false);
});

test('a session signed out of while the one before is being ended is ended too', async () => {
  const first = Promise.withResolvers<boolean>();
  const reached = Promise.withResolvers<void>();
  const { accounts, endedTokens } = keeper({
    endSessions: () => {
      reached.resolve();
      return first.promise;
    },
  });
  await endedTokens.add('first');
  const finishing = accounts.finishSignOut();
  await reached.promise;
  await endedTokens.add('second');
  first.resolve(true);
  await finishing;
  expect(await endedTokens.list()).toEqual(['second']);
});

test('two sessions signed out of while Clerk is out of reach are both ended once it is back', async () => {
  let reachable = false;
  const ended: string[] = [];
  const { accounts, clientToken, endedTokens } = keeper({
    endSessions: async (token) => {
      if (reachable) ended.push(token);
      return reachable;
    },
  });
  for (const token of ['first', 'second']) {
    await clientToken.write(token);
    await accounts.signIn('a token');
    await accounts.signOut();
  }
  expect(await endedTokens.list()).toEqual(['first', 'second']);
  reachable = true;
  await accounts.finishSignOut();
  expect(ended).toEqual(['first', 'second']);
  expect(await endedTokens.list()).toEqual([]);
});
