import { expect, test } from 'vitest';
import { openEndedTokens } from '../../../src/main/identity/ended-tokens.ts';
import { memorySecret } from './memory-secret.ts';

test('tokens that are added and removed at the same time are all accounted for', async () => {
  const file = memorySecret();
  const ended = openEndedTokens(file);
  await Promise.all([ended.add('a'), ended.add('b'), ended.add('a'), ended.remove('b'), ended.add('c')]);
  expect(await ended.list()).toEqual(['a', 'c']);
  expect(await openEndedTokens(file).list()).toEqual(['a', 'c']);
});

test('when the last one is removed, nothing is left on disk', async () => {
  const file = memorySecret();
  const ended = openEndedTokens(file);
  await ended.add('a');
  await ended.remove('a');
  expect(await file.read()).toBeNull();
});

test('one that could not be kept on disk is known until the app ends, and the next one is added to it', async () => {
  const ended = openEndedTokens(memorySecret(null, { full: true }));
  await expect(ended.add('a')).rejects.toThrow('no space left');
  await expect(ended.add('b')).rejects.toThrow('no space left');
  expect(await ended.list()).toEqual(['a', 'b']);
});

test('what cannot be read is no token', async () => {
  expect(await openEndedTokens(memorySecret('not json')).list()).toEqual([]);
});
