import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { hostState } from './host-state.ts';
import { strict } from './strict.ts';

/** Electron's prefixes on Linux: `v11` for a key of the system's keyring, `v10` for the hard-coded one. */
const KEYRING = Buffer.from('v11');
const PLAIN = Buffer.from('v10');

/** `BURROW_SIMULATED_SAFE_STORAGE`: unavailable | basic_text | undecryptable; anything else is a working keyring. */
const mode = () => process.env.BURROW_SIMULATED_SAFE_STORAGE ?? '';
let usePlainText = false;

/** The keyring is this user's, like a real one: beside no user data, kept from one start to the next. */
const keyringFile = (): string =>
  process.env.BURROW_SIMULATED_KEYRING ?? join(homedir(), '.local', 'share', 'burrow-simulated-host', 'keyring');

const keyringKey = (): Buffer => {
  const path = keyringFile();
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(path, randomBytes(32), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // Another instance was quicker: its key is the key.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(path);
};

const plainKey = () => scryptSync('peanuts', 'saltysalt', 32, { N: 2 });

const isAvailable = (): boolean => {
  if (!hostState.ready || mode() === 'unavailable') return false;
  return mode() === 'basic_text' ? usePlainText : true;
};

const encrypt = (text: string): Buffer => {
  if (typeof text !== 'string') throw new TypeError('Error processing argument at index 0, conversion failure');
  if (!isAvailable())
    throw new Error(
      'Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available.',
    );
  const prefix = mode() === 'basic_text' ? PLAIN : KEYRING;
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', prefix === PLAIN ? plainKey() : keyringKey(), iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([prefix, iv, cipher.getAuthTag(), body]);
};

const decrypt = (encrypted: Buffer): string => {
  const failed = (why: string) =>
    new Error(`Error while decrypting the ciphertext provided to safeStorage.decryptString. ${why}`);
  if (!isAvailable()) throw failed('Decryption is not available.');
  const prefix = encrypted.subarray(0, 3);
  if (!prefix.equals(KEYRING) && !prefix.equals(PLAIN)) throw failed('Ciphertext does not appear to be encrypted.');
  if (mode() === 'undecryptable') throw failed('');
  try {
    const key = prefix.equals(PLAIN) ? plainKey() : keyringKey();
    const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(3, 15));
    decipher.setAuthTag(encrypted.subarray(15, 31));
    return Buffer.concat([decipher.update(encrypted.subarray(31)), decipher.final()]).toString('utf8');
  } catch {
    throw failed('');
  }
};

export const safeStorage = strict('safeStorage', {
  isEncryptionAvailable: isAvailable,
  encryptString: encrypt,
  decryptString: decrypt,
  isAsyncEncryptionAvailable: async () => isAvailable(),
  encryptStringAsync: async (text: string) => encrypt(text),
  decryptStringAsync: async (encrypted: Buffer) => ({ result: decrypt(encrypted), shouldReEncrypt: false }),
  getSelectedStorageBackend: () => {
    if (!hostState.ready) return 'unknown' as const;
    return mode() === 'basic_text' || mode() === 'unavailable' ? ('basic_text' as const) : ('gnome_libsecret' as const);
  },
  setUsePlainTextEncryption: (use: boolean): void => {
    usePlainText = use;
  },
});
