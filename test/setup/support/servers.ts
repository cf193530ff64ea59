import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type faunadb from 'faunadb';
import { type JWTPayload, SignJWT } from 'jose';
import { type Clerk, openClerk } from '../../../src/embedded/clerk/index.ts';
import { openFauna } from '../../../src/embedded/fauna/index.ts';
import { listen } from '../../../src/embedded/http/listen.ts';
import { createFaunaClient } from '../../../src/main/fauna/client.ts';
import { type BackendApi, createBackendApi } from '../../../src/main/identity/backend-api.ts';

type Answer = (request: Request) => Promise<Response>;
/** Stands before a server and may answer in its place. */
export type Twist = (request: Request, real: Answer) => Response | Promise<Response>;

export const ROOT_KEY = 'root-secret-for-tests';
export const SECRET_KEY = 'sk_test_0123456789abcdef';

/** An embedded Clerk and an embedded Fauna, empty, each listening on a port of its own; their clocks can be moved. */
export interface Servers {
  folder: string;
  clerk: Clerk;
  frontendApi: string;
  faunaEndpoint: string;
  publishableKey: string;
  issuer: string;
  api: BackendApi;
  /** Of the root database, and of Burrow's own. */
  root: faunadb.Client;
  child: faunadb.Client;
  /** ms that the clock of a server is ahead of this computer's. */
  ahead: { clerk: number; fauna: number };
  /** Put a fault before a server; null takes it away. `jwks` is what Fauna sees when it fetches the keys. */
  twist: { clerk: Twist | null; fauna: Twist | null; jwks: Twist | null };
  /** A token signed with the instance's key, whatever it says. */
  mint(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>;
  /** Removes the folder, or moves it to `keep`. */
  close(options?: { keep?: string }): Promise<void>;
}

/** Making a key takes longer than everything else here, so all servers of a test file share one. */
const signingKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
});

export const startServers = async (options: { folder?: string } = {}): Promise<Servers> => {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'burrow-setup-'));
  const ahead = { clerk: 0, fauna: 0 };
  const twist: Servers['twist'] = { clerk: null, fauna: null, jwks: null };
  const signingKeyFile = join(folder, 'signing-key.pem');
  if (!existsSync(signingKeyFile)) writeFileSync(signingKeyFile, signingKey, { mode: 0o600 });
  const clerk = await openClerk({
    file: join(folder, 'clerk.db'),
    signingKeyFile,
    secretKey: SECRET_KEY,
    clock: () => Date.now() + ahead.clerk,
  });
  const twisted =
    (name: keyof Servers['twist'], real: Answer): Answer =>
    async (request) => {
      const before = twist[name];
      return before ? before(request, real) : real(request);
    };
  const fetchJwks = twisted('jwks', clerk.handle);
  const fauna = openFauna({
    file: join(folder, 'fauna.db'),
    rootKey: ROOT_KEY,
    clock: { now: () => BigInt(Math.trunc((performance.timeOrigin + performance.now() + ahead.fauna) * 1000)) },
    resolveJwks: (url) =>
      url.startsWith(clerk.issuer) ? fetchJwks(new Request(url)) : Promise.reject(new Error('no such host')),
  });
  const clerkPort = await listen(twisted('clerk', clerk.handle), { port: 0 });
  const faunaPort = await listen(twisted('fauna', fauna.handle), { port: 0 });
  const frontendApi = `http://127.0.0.1:${clerkPort.port}`;
  const faunaEndpoint = `http://127.0.0.1:${faunaPort.port}`;
  const client = (secret: string) => createFaunaClient({ endpoint: faunaEndpoint, secret, fetch });
  return {
    folder,
    clerk,
    frontendApi,
    faunaEndpoint,
    publishableKey: clerk.publishableKey,
    issuer: clerk.issuer,
    api: createBackendApi({ backendApi: frontendApi, secretKey: SECRET_KEY, fetch }),
    root: client(ROOT_KEY),
    child: client(`${ROOT_KEY}:burrow:admin`),
    ahead,
    twist,
    mint: (claims, header = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: String(clerk.jwks().keys[0]?.kid), ...header })
        .sign(createPrivateKey(signingKey)),
    close: async ({ keep } = {}) => {
      await Promise.all([clerkPort.close(), faunaPort.close()]);
      await fauna.close();
      clerk.close();
      if (keep) cpSync(folder, keep, { recursive: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
