import type { Instance } from '../instance.ts';
import { digest, newId, randomText } from '../instance.ts';
import { one, run } from '../store/query.ts';

/** One installation of an app, known by the token it holds; it has sessions, and at most one sign-in and sign-up. */
export interface Client {
  id: string;
  lastActiveSessionId: string | null;
  lastStrategy: string | null;
  createdAt: number;
  updatedAt: number;
}

/** A client, and the secret that its next token has to hold. Known only when it has just been made. */
export interface ClientWithSecret {
  client: Client;
  secret: string;
}

interface Row {
  id: string;
  secret_digest: string;
  previous_digest: string | null;
  previous_until: number;
  last_active_session_id: string | null;
  last_strategy: string | null;
  created_at: number;
  updated_at: number;
}

const fromRow = (row: Row): Client => ({
  id: row.id,
  lastActiveSessionId: row.last_active_session_id,
  lastStrategy: row.last_strategy,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Requests that were under way when the secret changed still come with the one before. */
const PREVIOUS_SECRET_MS = 30_000;
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

export function createClient(instance: Instance): ClientWithSecret {
  const id = newId(instance, 'client');
  const secret = randomText(instance.random, 43);
  const now = instance.clock();
  run(
    instance.database,
    `INSERT INTO clients (id, secret_digest, previous_until, created_at, updated_at) VALUES (?, ?, 0, ?, ?)`,
    id,
    digest(secret),
    now,
    now,
  );
  return { client: requireClient(instance, id), secret };
}

/** The client with this id whose secret this is. */
export function findClient({ database, clock }: Instance, id: string, secret: string): Client | null {
  const row = one<Row>(database, 'SELECT * FROM clients WHERE id = ?', id);
  if (!row) return null;
  const presented = digest(secret);
  const previous = row.previous_until > clock() ? row.previous_digest : null;
  return presented === row.secret_digest || presented === previous ? fromRow(row) : null;
}

export function requireClient({ database }: Instance, id: string): Client {
  const row = one<Row>(database, 'SELECT * FROM clients WHERE id = ?', id);
  if (!row) throw new Error(`client ${id} is gone`);
  return fromRow(row);
}

/** A new secret whenever what the token can do changes, so that a token learnt before is worth nothing after. */
export function rotateClientSecret(instance: Instance, id: string): string {
  const secret = randomText(instance.random, 43);
  const now = instance.clock();
  run(
    instance.database,
    'UPDATE clients SET previous_digest = secret_digest, previous_until = ?, secret_digest = ?, updated_at = ? WHERE id = ?',
    now + PREVIOUS_SECRET_MS,
    digest(secret),
    now,
    id,
  );
  return secret;
}

export function setLastActiveSession(instance: Instance, id: string, sessionId: string | null): void {
  run(
    instance.database,
    'UPDATE clients SET last_active_session_id = ?, updated_at = ? WHERE id = ?',
    sessionId,
    instance.clock(),
    id,
  );
}

export function setLastStrategy(instance: Instance, id: string, strategy: string): void {
  run(instance.database, 'UPDATE clients SET last_strategy = ? WHERE id = ?', strategy, id);
}

export const deleteClient = ({ database }: Instance, id: string): number =>
  run(database, 'DELETE FROM clients WHERE id = ?', id);

/** Clients that never signed in or whose sessions are long over; anybody can make one, so they must not pile up. */
export function pruneClients({ database, clock }: Instance): number {
  const now = clock();
  return run(
    database,
    `DELETE FROM clients WHERE updated_at < ? AND NOT EXISTS
       (SELECT 1 FROM sessions WHERE client_id = clients.id AND status = 'active' AND expire_at > ?)`,
    now - ABANDONED_AFTER_MS,
    now,
  );
}
