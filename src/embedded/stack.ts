import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EMBEDDED_ISSUER } from '../shared/connection/embedded-addresses.ts';
import { openClerk } from './clerk/index.ts';
import { openFauna } from './fauna/index.ts';
import { createFetchJwks } from './fauna/security/fetch-jwks.ts';
import type { Handler } from './http/plain.ts';
import { loadSecretKeys, type SecretKeys } from './secret-keys.ts';

const JWKS_URI = `${EMBEDDED_ISSUER}/.well-known/jwks.json`;

export interface Stack {
  keys: SecretKeys;
  issuer: string;
  jwksUri: string;
  publishableKey: string;
  clerk: (request: Request) => Promise<Response>;
  fauna: Handler;
  close(): Promise<void>;
}

/** Opens both services on one data folder. Fauna reads the embedded Clerk's keys in process, any other JWKS over https. */
export const openStack = async (options: {
  data: string;
  rootKey?: string;
  /** Hosts whose keys are fetched over plain HTTP, for development (fauna/security/fetch-jwks.ts). */
  safeAccessProviders?: string;
  /** Where Fauna's threads start: fauna/engine/workers/worker.ts, or what it was bundled into. Absent: no threads. */
  faunaWorker?: string | URL;
}): Promise<Stack> => {
  mkdirSync(options.data, { recursive: true, mode: 0o700 });
  const keys = loadSecretKeys(options.data);
  const rootKey = options.rootKey ?? keys.rootKey;
  const clerk = await openClerk({
    file: join(options.data, 'clerk.db'),
    signingKeyFile: join(options.data, 'clerk-signing-key.pem'),
    issuer: EMBEDDED_ISSUER,
    secretKey: keys.secretKey,
  });
  const fetchJwks = createFetchJwks(options.safeAccessProviders);
  const fauna = await openFauna({
    file: join(options.data, 'fauna.db'),
    rootKey,
    ...(options.faunaWorker ? { worker: options.faunaWorker } : {}),
    resolveJwks: (url, headers) => (url === JWKS_URI ? clerk.handle(new Request(url)) : fetchJwks(url, headers)),
  });
  return {
    keys: { ...keys, rootKey },
    issuer: EMBEDDED_ISSUER,
    jwksUri: JWKS_URI,
    publishableKey: clerk.publishableKey,
    clerk: clerk.handle,
    fauna: fauna.handle,
    close: async () => {
      await fauna.close();
      await clerk.close();
    },
  };
};
