import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSecretFile, type SecretBox } from '../../../src/main/identity/secret-file.ts';

const box = (key: string, available = true): SecretBox => ({
  available: async () => available,
  encrypt: async (plain) => Buffer.from(`${key}:${Buffer.from(plain).toString('hex')}`),
  decrypt: async (bytes) => {
    const [owner, hex] = bytes.toString().split(':');
    if (owner !== key) throw new Error('another key');
    return Buffer.from(hex ?? '', 'hex').toString();
  },
});
const newPath = () => join(mkdtempSync(join(tmpdir(), 'burrow-secret-')), 'client-token');

test('a secret survives a restart, encrypted, in a file only its owner may read', async () => {
  const path = newPath();
  await openSecretFile(path, box('a')).write('the-secret');
  expect(readFileSync(path, 'utf8')).not.toContain('the-secret');
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await openSecretFile(path, box('a')).read()).toBe('the-secret');
});

test('without a safe store it stays in memory and no file is written', async () => {
  const path = newPath();
  const file = openSecretFile(path, box('a', false));
  await file.write('the-secret');
  expect(await file.read()).toBe('the-secret');
  expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
  expect(await file.storage()).toBe('memory');
});

test('a file of another key is dropped: the person signs in again', async () => {
  const path = newPath();
  await openSecretFile(path, box('a')).write('the-secret');
  expect(await openSecretFile(path, box('b')).read()).toBeNull();
  expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
});

test('of writes in a row the last one is on disk, and clearing wins over a write before it', async () => {
  const path = newPath();
  const file = openSecretFile(path, box('a'));
  void file.write('one');
  void file.write('two');
  await file.write('three');
  expect(await openSecretFile(path, box('a')).read()).toBe('three');
  void file.write('four');
  await file.clear();
  expect(await openSecretFile(path, box('a')).read()).toBeNull();
});

test('a write that failed is tried again with the same value', async () => {
  const path = newPath();
  let full = true;
  const file = openSecretFile(path, {
    ...box('a'),
    encrypt: async (plain) => {
      if (full) throw new Error('ENOSPC: no space left on device');
      return box('a').encrypt(plain);
    },
  });
  await expect(file.write('the-secret')).rejects.toThrow('ENOSPC');
  expect(await file.read()).toBe('the-secret');
  await expect(file.write('the-secret')).rejects.toThrow('ENOSPC');
  full = false;
  await file.write('the-secret');
  expect(await openSecretFile(path, box('a')).read()).toBe('the-secret');
});

test('a secret that is cleared while it is being read from disk does not come back', async () => {
  const path = newPath();
  await openSecretFile(path, box('a')).write('the-secret');
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const slow: SecretBox = {
    ...box('a'),
    decrypt: async (bytes) => {
      reached.resolve();
      await goOn.promise;
      return box('a').decrypt(bytes);
    },
  };
  const file = openSecretFile(path, slow);
  const read = file.read();
  await reached.promise;
  await file.clear();
  goOn.resolve();
  expect(await read).toBeNull();
  expect(await file.read()).toBeNull();
});
