import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSigningKey } from '../../../../src/embedded/clerk/tokens/signing-key.ts';
import { temporaryFolder } from '../support/test-clerk.ts';

const posix = process.platform !== 'win32';

test('the key is made once, in a file that only its owner reads, with nothing left beside it', async () => {
  const folder = join(temporaryFolder(), 'new');
  const file = join(folder, 'key.pem');
  const made = await loadSigningKey(file);
  expect(readdirSync(folder)).toEqual(['key.pem']);
  if (posix) expect(statSync(file).mode & 0o777).toBe(0o600);
  const read = await loadSigningKey(file);
  expect(read.publicJwk).toEqual(made.publicJwk);
  expect(made.publicJwk).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig', kid: made.kid });
  expect(Object.keys(made.publicJwk).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
});

test.runIf(posix)('a file that others could read is closed to them', async () => {
  const file = join(temporaryFolder(), 'key.pem');
  await loadSigningKey(file);
  chmodSync(file, 0o644);
  await loadSigningKey(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

const smallKey = () =>
  String(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }));
const curveKey = () =>
  String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }));

test.each([
  ['empty', () => ''],
  ['cut short', () => '-----BEGIN PRIVATE KEY-----\nMIIEvQ'],
  ['no key at all', () => '{"kty":"RSA"}'],
  ['a key that is too short', smallKey],
  ['a key of another kind', curveKey],
])('a file that is %s is refused in plain words and left as it is', async (_, text) => {
  const file = join(temporaryFolder(), 'key.pem');
  const before = text();
  writeFileSync(file, before);
  await expect(loadSigningKey(file)).rejects.toMatchObject({
    failure: { code: 'signing-key-unreadable', mend: expect.stringContaining(file) },
  });
  expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(before);
});
