import { notFound } from '../http/errors.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../instance.ts';
import { one, run } from '../store/query.ts';
import type { Verification } from '../verification/verification.ts';

/** An attempt at signing in. A client has at most one; a new one takes the place of the one before. */
export interface SignIn {
  id: string;
  clientId: string;
  userId: string | null;
  status: 'needs_identifier' | 'needs_first_factor' | 'needs_new_password' | 'complete';
  identifier: string | null;
  firstFactor: Verification | null;
  createdSessionId: string | null;
  createdAt: number;
}

type State = Pick<SignIn, 'status' | 'identifier' | 'firstFactor' | 'createdSessionId'>;

interface Row {
  id: string;
  client_id: string;
  user_id: string | null;
  state: string;
  created_at: number;
}

const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

const fromRow = (row: Row): SignIn => ({
  id: row.id,
  clientId: row.client_id,
  userId: row.user_id,
  createdAt: row.created_at,
  ...(JSON.parse(row.state) as State),
});

export const newSignIn = (instance: Instance, clientId: string): SignIn => ({
  id: newId(instance, 'sia'),
  clientId,
  userId: null,
  status: 'needs_identifier',
  identifier: null,
  firstFactor: null,
  createdSessionId: null,
  createdAt: instance.clock(),
});

export function saveSignIn({ database }: Instance, signIn: SignIn): SignIn {
  const { id, clientId, userId, createdAt, ...state } = signIn;
  run(
    database,
    'INSERT OR REPLACE INTO sign_ins (id, client_id, user_id, state, created_at) VALUES (?, ?, ?, ?, ?)',
    id,
    clientId,
    userId,
    JSON.stringify(state),
    createdAt,
  );
  return signIn;
}

/** The client's attempt, unless it is a day old. */
export function findSignIn({ database, clock }: Instance, clientId: string): SignIn | null {
  const row = one<Row>(database, 'SELECT * FROM sign_ins WHERE client_id = ?', clientId);
  return row && row.created_at + ABANDONED_AFTER_MS > clock() ? fromRow(row) : null;
}

/** Throws 404 where this is not the client's attempt. */
export function requireSignIn(instance: Instance, clientId: string, id: string | undefined): SignIn {
  const signIn = findSignIn(instance, clientId);
  if (signIn?.id !== id || signIn === null) throw notFound('sign-in');
  return signIn;
}
