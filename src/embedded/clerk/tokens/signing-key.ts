import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import writeFileAtomic from 'write-file-atomic';
import { FailureError, failure } from '../../../shared/failure.ts';

/** The RSA key of an instance: it signs session, template and client tokens. */
export interface SigningKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** Derived from the key, so that another key has another one. */
  kid: string;
  publicJwk: JWK;
}

/**
 * Reads the key, or makes one in a file of mode 0600 if there is none. A file that is there and is no RSA key of
 * 2048 bits is never replaced, since every token in use would stop to verify: it fails with
 * `signing-key-unreadable`.
 */
export async function loadSigningKey(file: string): Promise<SigningKey> {
  const pem = await readIfThere(file);
  if (pem === null) return describe(await create(file));
  await chmod(file, 0o600);
  return describe(parse(pem, file));
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw unreadable(file, error);
  }
}

async function create(file: string): Promise<KeyObject> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFileAtomic(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return privateKey;
}

function parse(pem: string, file: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) return key;
  } catch (error) {
    throw unreadable(file, error);
  }
  throw unreadable(file);
}

const unreadable = (file: string, cause?: unknown) =>
  new FailureError(
    failure(
      'signing-key-unreadable',
      'The key that signs the tokens of the embedded Clerk cannot be read.',
      `Put back a copy of ${file}, or move it away to have a new one made.`,
    ),
    { cause },
  );

async function describe(privateKey: KeyObject): Promise<SigningKey> {
  const publicKey = createPublicKey(privateKey);
  const jwk = await exportJWK(publicKey);
  const kid = `ins_${(await calculateJwkThumbprint(jwk)).replace(/[-_]/g, '').slice(0, 27)}`;
  return { privateKey, publicKey, kid, publicJwk: { ...jwk, kid, use: 'sig', alg: 'RS256' } };
}
