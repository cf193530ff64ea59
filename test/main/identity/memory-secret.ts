import type { SecretFile } from '../../../src/main/identity/secret-file.ts';

/** A secret that is only in memory; `full` makes every write fail on the way to the disk. */
export const memorySecret = (initial: string | null = null, options: { full?: boolean } = {}): SecretFile => {
  let value = initial;
  let clears = 0;
  return {
    read: async () => value,
    write: async (plain) => {
      value = plain;
      if (options.full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    },
    clear: async () => {
      clears += 1;
      value = null;
    },
    get clears() {
      return clears;
    },
    storage: async () => 'memory',
  };
};
