import { rotateClientSecret, setLastActiveSession } from '../clients/clients.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../instance.ts';
import { all, one, run, transact } from '../store/query.ts';

export interface Session {
  id: string;
  clientId: string | null;
  userId: string;
  status: 'active' | 'ended' | 'removed' | 'revoked' | 'expired';
  userAgent: string | null;
  lastActiveAt: number;
  expireAt: number;
  createdAt: number;
  updatedAt: number;
}

interface Row {
  id: string;
  client_id: string | null;
  user_id: string;
  status: Session['status'];
  user_agent: string | null;
  last_active_at: number;
  expire_at: number;
  created_at: number;
  updated_at: number;
}

/** Clerk's default lifetime of a session. */
const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

const fromRow = (row: Row, now: number): Session => ({
  id: row.id,
  clientId: row.client_id,
  userId: row.user_id,
  // Nothing runs when a session's time is up; it is found to be over when somebody looks.
  status: row.status === 'active' && row.expire_at <= now ? 'expired' : row.status,
  userAgent: row.user_agent,
  lastActiveAt: row.last_active_at,
  expireAt: row.expire_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export function createSession(
  instance: Instance,
  session: { clientId: string | null; userId: string; userAgent: string | null },
): Session {
  const now = instance.clock();
  const id = newId(instance, 'sess');
  run(
    instance.database,
    `INSERT INTO sessions VALUES (?, ?, ?, 'active', ?, ?, ?, ?, ?)`,
    id,
    session.clientId,
    session.userId,
    session.userAgent,
    now,
    now + LIFETIME_MS,
    now,
    now,
  );
  return requireSession(instance, id);
}

export function findSession({ database, clock }: Instance, id: string): Session | null {
  const row = one<Row>(database, 'SELECT * FROM sessions WHERE id = ?', id);
  return row ? fromRow(row, clock()) : null;
}

export function requireSession(instance: Instance, id: string): Session {
  const session = findSession(instance, id);
  if (!session) throw new Error(`session ${id} is gone`);
  return session;
}

export const listActiveSessionsOfClient = ({ database, clock }: Instance, clientId: string): Session[] =>
  all<Row>(
    database,
    `SELECT * FROM sessions WHERE client_id = ? AND status = 'active' AND expire_at > ? ORDER BY created_at, id`,
    clientId,
    clock(),
  ).map((row) => fromRow(row, clock()));

export const listActiveSessionsOfUser = ({ database, clock }: Instance, userId: string): Session[] =>
  all<Row>(
    database,
    `SELECT * FROM sessions WHERE user_id = ? AND status = 'active' AND expire_at > ? ORDER BY created_at DESC, id`,
    userId,
    clock(),
  ).map((row) => fromRow(row, clock()));

/** Newest first. */
export const listSessions = (
  { database, clock }: Instance,
  filter: { clientId?: string | undefined; userId?: string | undefined },
): Session[] =>
  all<Row>(
    database,
    'SELECT * FROM sessions WHERE client_id IS coalesce(?, client_id) AND user_id = coalesce(?, user_id) ORDER BY created_at DESC, id',
    filter.clientId ?? null,
    filter.userId ?? null,
  ).map((row) => fromRow(row, clock()));

export function touchSession(instance: Instance, session: Session): void {
  const now = instance.clock();
  transact(instance.database, () => {
    run(instance.database, 'UPDATE sessions SET last_active_at = ?, updated_at = ? WHERE id = ?', now, now, session.id);
    if (session.clientId) setLastActiveSession(instance, session.clientId, session.id);
  });
}

/** Ends sessions for good. */
export function closeSessions(
  instance: Instance,
  sessions: readonly Session[],
  status: 'ended' | 'removed' | 'revoked',
): void {
  transact(instance.database, () => {
    for (const { id } of sessions) {
      run(
        instance.database,
        `UPDATE sessions SET status = ?, updated_at = ? WHERE id = ? AND status = 'active'`,
        status,
        instance.clock(),
        id,
      );
    }
  });
}

/** Signs a client out of sessions of its own: what is left becomes current. Returns the client's new secret. */
export function signClientOut(
  instance: Instance,
  clientId: string,
  sessions: readonly Session[],
  status: 'ended' | 'removed',
): string {
  return transact(instance.database, () => {
    closeSessions(instance, sessions, status);
    const left = listActiveSessionsOfClient(instance, clientId);
    setLastActiveSession(instance, clientId, left.at(-1)?.id ?? null);
    return rotateClientSecret(instance, clientId);
  });
}
