import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backUp, restore } from '../../../../src/embedded/fauna/store/backup.ts';
import { StoreError } from '../../../../src/embedded/fauna/store/open.ts';
import { Store } from '../../../../src/embedded/fauna/store/store.ts';

let folder: string;
let file: string;
let copy: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'burrow-backup-'));
  file = join(folder, 'fauna.db');
  copy = join(folder, 'copy.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (): Store => new Store(file, { now: () => 9n });
const put = (store: Store, key: bigint): unknown =>
  store.write([(transaction) => transaction.putLookup('key', key, 1, 1n)]);
const keys = (): bigint[] => {
  const store = open();
  const found = [1n, 2n].filter((key) => store.read((transaction) => transaction.lookup('key', key)) !== undefined);
  store.close();
  return found;
};

it('copies a store that is in use, and puts it back beside what came later', async () => {
  const store = open();
  put(store, 1n);
  await backUp(file, copy);
  put(store, 2n);
  store.close();
  expect(keys()).toEqual([1n, 2n]);
  const { kept } = restore(copy, file);
  expect(keys()).toEqual([1n]);
  expect(kept && existsSync(kept)).toBe(true);
});

it('restores where there is nothing yet', async () => {
  const store = open();
  put(store, 1n);
  store.close();
  await backUp(file, copy);
  rmSync(file);
  expect(restore(copy, file)).toEqual({ kept: undefined });
  expect(keys()).toEqual([1n]);
});

it('overwrites no file with a backup and leaves no half of one', async () => {
  open().close();
  writeFileSync(copy, 'mine');
  await expect(backUp(file, copy)).rejects.toThrow(/already there/);
  await expect(backUp(join(folder, 'none.db'), copy)).rejects.toThrow(StoreError);
  await expect(backUp(file, join(folder, 'no', 'folder.db'))).rejects.toThrow();
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

it('does not restore over a store in use, nor from what is no store', async () => {
  const store = open();
  put(store, 1n);
  await backUp(file, copy);
  expect(() => restore(copy, file)).toThrow(/in use/);
  store.close();
  writeFileSync(join(folder, 'text.db'), 'no store');
  expect(() => restore(join(folder, 'text.db'), file)).toThrow(StoreError);
  expect(() => restore(join(folder, 'none.db'), file)).toThrow(/no backup/);
  expect(keys()).toEqual([1n]);
});
