import { safeStorage } from 'electron';
import type { SecretBox } from './secret-file.ts';

/** The system's safe store as a SecretBox. Linux's `basic_text` has a key that everybody knows: it does not count. */
export const systemSecretBox = (): SecretBox => ({
  available: async () => {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
    return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
  },
  encrypt: (plain) => safeStorage.encryptStringAsync(plain),
  decrypt: async (bytes) => (await safeStorage.decryptStringAsync(bytes)).result,
});
