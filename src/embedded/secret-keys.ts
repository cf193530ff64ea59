import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const shape = z.object({ rootKey: z.string().min(6), secretKey: z.string().startsWith('sk_') });
export type SecretKeys = z.infer<typeof shape>;

/**
 * The embedded stack's own keys: Fauna's root key and Clerk's secret key. Made at first start, kept in a 0600 file.
 * Throws when the file is damaged: new keys would lock the data out.
 */
export const loadSecretKeys = (folder: string): SecretKeys => {
  const path = join(folder, 'keys.json');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (existsSync(path)) {
    const found = shape.safeParse(tryJson(readFileSync(path, 'utf8')));
    if (found.success) return found.data;
    throw new Error(`the key file ${path} is damaged; restore it from a backup`);
  }
  const made = {
    rootKey: randomBytes(24).toString('base64url'),
    secretKey: `sk_test_${randomBytes(24).toString('base64url').replace(/[-_]/g, 'x')}`,
  };
  writeFileAtomic.sync(path, JSON.stringify(made), { mode: 0o600 });
  return made;
};

const tryJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
