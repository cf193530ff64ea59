import { randomBytes } from 'node:crypto';
import { EMBEDDED_ISSUER } from '../../shared/connection/embedded-addresses.ts';
import { encodePublishableKey } from '../../shared/identity/publishable-key.ts';
import { answerBackend, isBackendPath } from './backend-api/backend-api.ts';
import { pruneClients } from './clients/clients.ts';
import { answerFrontend } from './frontend-api/frontend-api.ts';
import { type Answer, toErrorAnswer, toResponse } from './http/answers.ts';
import { apiError } from './http/errors.ts';
import type { Clock, EmailCodes, Instance, Random } from './instance.ts';
import { newId } from './instance.ts';
import { openDatabase } from './store/database.ts';
import { ensureInstanceSettings } from './store/instance-settings.ts';
import { pruneSignInTokens } from './tokens/sign-in-tokens.ts';
import { loadSigningKey } from './tokens/signing-key.ts';
import { answerJwks, answerOpenidConfiguration, type Jwks, jwks } from './tokens/well-known.ts';

export interface ClerkOptions {
  /** The SQLite file with accounts and sessions; made if it is not there. */
  file: string;
  /** The PEM file with the RSA key that signs tokens; made if it is not there. */
  signingKeyFile: string;
  /** https origin without a slash at the end; its host is in the publishable key. */
  issuer?: string | undefined;
  /** `sk_…`, which the Backend API asks for. Whoever opens it keeps it. */
  secretKey: string;
  clock?: Clock | undefined;
  random?: Random | undefined;
  /** Turns verification by e-mail on. An embedded stack has no mailbox, so the app leaves it out. */
  emailCodes?: EmailCodes | undefined;
  /** Lets one client be signed in to several accounts. */
  multiSession?: boolean | undefined;
}

export interface Clerk {
  issuer: string;
  publishableKey: string;
  /** Frontend API, Backend API and JWKS. Never rejects. */
  handle(request: Request): Promise<Response>;
  jwks(): Jwks;
  close(): void;
}

/**
 * Opens an embedded Clerk: a Frontend API that clerk-js accepts and a Backend API that @clerk/backend accepts, as one
 * function from `Request` to `Response`. Throws `FailureError` for a file that cannot be used.
 */
export async function openClerk(options: ClerkOptions): Promise<Clerk> {
  const issuer = options.issuer ?? EMBEDDED_ISSUER;
  if (!/^sk_(test|live)_\S{16,}$/.test(options.secretKey))
    throw new TypeError("the secret key is none of Clerk's form");
  const publishableKey = encodePublishableKey({ kind: 'test', host: hostOf(issuer) });
  const signingKey = await loadSigningKey(options.signingKeyFile);
  const random = options.random ?? randomBytes;
  const database = openDatabase(options.file);
  ensureInstanceSettings(database, random);
  const instance: Instance = {
    database,
    clock: options.clock ?? Date.now,
    random,
    issuer,
    signingKey,
    secretKey: options.secretKey,
    emailCodes: options.emailCodes ?? null,
    singleSession: !options.multiSession,
  };
  pruneClients(instance);
  pruneSignInTokens(instance);
  return {
    issuer,
    publishableKey,
    handle: (request) => handle(instance, request),
    jwks: () => jwks(instance),
    close: () => database.close(),
  };
}

function hostOf(issuer: string): string {
  const url = new URL(issuer);
  if (url.protocol !== 'https:' || url.origin !== issuer) {
    throw new TypeError(`an issuer is an https origin without a slash at the end, not ${issuer}`);
  }
  return url.host;
}

async function handle(instance: Instance, request: Request): Promise<Response> {
  try {
    return toResponse(await route(instance, request));
  } catch (error) {
    return toResponse(toErrorAnswer(error, newId(instance, 'trace')));
  }
}

async function route(instance: Instance, request: Request): Promise<Answer> {
  const url = new URL(request.url);
  if (url.pathname.startsWith('/.well-known/')) return wellKnown(instance, request, url);
  return isBackendPath(url.pathname) ? answerBackend(instance, request, url) : answerFrontend(instance, request, url);
}

function wellKnown(instance: Instance, request: Request, url: URL): Answer {
  if (request.method !== 'GET') throw apiError(405, 'method_not_allowed', 'This path does not answer that method.');
  if (url.pathname === '/.well-known/jwks.json') return answerJwks(instance, request.headers.get('if-none-match'));
  if (url.pathname === '/.well-known/openid-configuration') return answerOpenidConfiguration(instance);
  throw apiError(404, 'resource_not_found', 'The embedded Clerk has nothing at this path.');
}
