import { readFile, rm } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

/** Encryption by the system's own store: Electron's safeStorage in the app. */
export interface SecretBox {
  /** False where the system has no safe store, or only one with a key everybody knows (Linux `basic_text`). */
  available(): Promise<boolean>;
  encrypt(plain: string): Promise<Buffer>;
  /** Rejects when the bytes were written under another key. */
  decrypt(bytes: Buffer): Promise<string>;
}

export interface SecretFile {
  read(): Promise<string | null>;
  /** Rejects when it could not be kept on disk; it counts in memory all the same, and the next write tries again. */
  write(plain: string): Promise<void>;
  clear(): Promise<void>;
  /** How often it was cleared: tells whoever waited for something that it belongs to a time before. */
  readonly clears: number;
  storage(): Promise<'system' | 'memory'>;
}

/**
 * One secret, in memory and, where the system has a safe store, encrypted in a 0600 file.
 * A file that can no longer be decrypted (a new key ring, a copied folder) is removed: the person signs in again.
 */
export const openSecretFile = (path: string, box: SecretBox): SecretFile => {
  let cached: string | null = null;
  let loaded = false;
  let clears = 0;
  /** The disk holds something else than memory, as the last write failed. */
  let behind = false;

  const load = async (): Promise<void> => {
    if (loaded) return;
    if (await box.available()) {
      const bytes = await readFile(path).catch(() => null);
      if (bytes && !loaded) {
        try {
          const plain = await box.decrypt(bytes);
          // Written or cleared meanwhile: what was in the file is older, and must not come back.
          if (!loaded) cached = plain;
        } catch {
          if (!loaded) await inTurn(() => rm(path, { force: true }));
        }
      }
    }
    loaded = true;
  };

  // Writes follow one another: an older value must never land after a newer one.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (step: () => Promise<void>): Promise<void> => {
    last = last.then(step, step);
    return last;
  };

  return {
    read: async () => {
      await load();
      return cached;
    },
    write: (plain) => {
      if (loaded && cached === plain && !behind) return last;
      cached = plain;
      loaded = true;
      return inTurn(async () => {
        try {
          if (await box.available()) await writeFileAtomic(path, await box.encrypt(plain), { mode: 0o600 });
          behind = false;
        } catch (error) {
          behind = true;
          throw error;
        }
      });
    },
    clear: () => {
      clears += 1;
      cached = null;
      loaded = true;
      behind = false;
      return inTurn(() => rm(path, { force: true }));
    },
    get clears() {
      return clears;
    },
    storage: async () => ((await box.available()) ? 'system' : 'memory'),
  };
};
