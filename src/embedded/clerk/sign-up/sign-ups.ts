import type { Metadata } from '../accounts/users.ts';
import { notFound } from '../http/errors.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../instance.ts';
import { one, run } from '../store/query.ts';
import type { Verification } from '../verification/verification.ts';

/** An attempt at signing up. It becomes a user when nothing is missing and everything is verified. */
export interface SignUp {
  id: string;
  clientId: string;
  status: 'missing_requirements' | 'complete';
  emailAddress: string | null;
  verification: Verification | null;
  passwordDigest: string | null;
  firstName: string | null;
  lastName: string | null;
  unsafeMetadata: Metadata;
  locale: string | null;
  createdUserId: string | null;
  createdSessionId: string | null;
  createdAt: number;
}

type State = Omit<SignUp, 'id' | 'clientId' | 'createdAt'>;

interface Row {
  id: string;
  client_id: string;
  state: string;
  created_at: number;
}

export const SIGN_UP_LIFETIME_MS = 24 * 60 * 60 * 1000;

export const newSignUp = (instance: Instance, clientId: string): SignUp => ({
  id: newId(instance, 'sua'),
  clientId,
  status: 'missing_requirements',
  emailAddress: null,
  verification: null,
  passwordDigest: null,
  firstName: null,
  lastName: null,
  unsafeMetadata: {},
  locale: null,
  createdUserId: null,
  createdSessionId: null,
  createdAt: instance.clock(),
});

export function saveSignUp({ database }: Instance, signUp: SignUp): SignUp {
  const { id, clientId, createdAt, ...state } = signUp;
  run(
    database,
    'INSERT OR REPLACE INTO sign_ups (id, client_id, state, created_at) VALUES (?, ?, ?, ?)',
    id,
    clientId,
    JSON.stringify(state),
    createdAt,
  );
  return signUp;
}

/** The client's attempt, unless it is a day old. */
export function findSignUp({ database, clock }: Instance, clientId: string): SignUp | null {
  const row = one<Row>(database, 'SELECT * FROM sign_ups WHERE client_id = ?', clientId);
  if (!row || row.created_at + SIGN_UP_LIFETIME_MS <= clock()) return null;
  return { id: row.id, clientId: row.client_id, createdAt: row.created_at, ...(JSON.parse(row.state) as State) };
}

/** Throws 404 where this is not the client's attempt. */
export function requireSignUp(instance: Instance, clientId: string, id: string | undefined): SignUp {
  const signUp = findSignUp(instance, clientId);
  if (signUp?.id !== id || signUp === null) throw notFound('sign-up');
  return signUp;
}

export const missingFields = (signUp: SignUp): string[] => [
  ...(signUp.emailAddress === null ? ['email_address'] : []),
  ...(signUp.passwordDigest === null ? ['password'] : []),
];

/** Without a mailbox there is nothing to verify with, so nothing is asked to be. */
export const unverifiedFields = (instance: Instance, signUp: SignUp): string[] =>
  instance.emailCodes && signUp.emailAddress !== null && signUp.verification?.status !== 'verified'
    ? ['email_address']
    : [];
