import type { JSONWebKeySet } from 'jose';
import type { Fault } from '../../shared/connection/diagnosis.ts';
import type { Failure, Outcome } from '../../shared/failure.ts';
import type { Connection } from '../connection/configuration.ts';
import type { Fetch } from '../connection/fetch.ts';
import type { BackendApi } from '../identity/backend-api.ts';

/** What is looked at. The app gives what it has; the command has Clerk's secret key and a key of Fauna besides. */
export interface Subject {
  connection: Connection;
  /** Why the connection cannot be used at all. */
  problem: Failure | null;
  fetch: Fetch;
  /** ms since the epoch, by this computer. */
  now(): number;
  /** Who is signed in at Clerk, and the session token that says so. */
  session(): Promise<Outcome<{ userId: string; token: string }>>;
  /** A token of the JWT template. */
  faunaToken(): Promise<Outcome<string>>;
  /** The token is minted for this diagnosis, so that its age tells this computer's clock. */
  freshToken: boolean;
  backendApi: BackendApi | null;
  /** Opens Burrow's own database: an admin's, or the doctor's. */
  faunaKey: string | null;
}

export interface Provider {
  name: string;
  issuer: string;
  jwks_uri: string;
  audience: string;
  roles?: unknown;
}

/** What the checks have learned so far; a check that did not pass leaves its part out. */
export interface Seen {
  environment?: Record<string, unknown>;
  userId?: string;
  jwt?: string;
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  jwks?: JSONWebKeySet;
  provider?: Provider;
}

export type Verdict =
  | { status: 'passed'; detail: string }
  | { status: 'failed'; fault: Fault; detail?: string }
  | { status: 'left-out'; detail: string };

export interface Check {
  id: string;
  title: string;
  /** Checks that must have passed: without them this one would only repeat their fault. */
  after: readonly string[];
  /** Checks whose fault would show here once more, in less telling words. */
  unless?: readonly string[];
  run(subject: Subject, seen: Seen): Promise<Verdict>;
}

export const passed = (detail = ''): Verdict => ({ status: 'passed', detail });
export const leftOut = (detail: string): Verdict => ({ status: 'left-out', detail });

/** Failures of one check; `section` is the heading in docs/doctor.md. */
export const faultsOf =
  (section: string) =>
  (code: string, message: string, cause: string, mend: string): Verdict => ({
    status: 'failed',
    fault: { code, message, cause, mend, docs: `docs/doctor.md#${section}` },
  });
