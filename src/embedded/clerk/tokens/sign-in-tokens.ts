import { apiError, notFound } from '../http/errors.ts';
import type { Instance } from '../instance.ts';
import { digest, newId, randomText } from '../instance.ts';
import { one, run } from '../store/query.ts';

/** What Clerk calls a sign-in token, and clerk-js a ticket: whoever holds it may sign in as the user, once. */
export interface SignInToken {
  id: string;
  userId: string;
  status: 'pending' | 'accepted' | 'revoked';
  expireAt: number;
  createdAt: number;
  updatedAt: number;
}

interface Row {
  id: string;
  user_id: string;
  status: SignInToken['status'];
  expire_at: number;
  created_at: number;
  updated_at: number;
}

const fromRow = (row: Row): SignInToken => ({
  id: row.id,
  userId: row.user_id,
  status: row.status,
  expireAt: row.expire_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** The token itself is returned here once and kept nowhere. */
export function createSignInToken(
  instance: Instance,
  userId: string,
  lifetimeSeconds: number,
): { signInToken: SignInToken; token: string } {
  const id = newId(instance, 'sit');
  const token = randomText(instance.random, 43);
  const now = instance.clock();
  run(
    instance.database,
    `INSERT INTO sign_in_tokens VALUES (?, ?, ?, 'pending', ?, ?, ?)`,
    id,
    userId,
    digest(token),
    now + lifetimeSeconds * 1000,
    now,
    now,
  );
  return { signInToken: getSignInToken(instance, id), token };
}

function getSignInToken({ database }: Instance, id: string): SignInToken {
  const row = one<Row>(database, 'SELECT * FROM sign_in_tokens WHERE id = ?', id);
  if (!row) throw notFound('sign-in token');
  return fromRow(row);
}

/** Uses a ticket up and returns the user it is for. The codes are those of Clerk's error index. */
export function acceptSignInToken(instance: Instance, token: string): string {
  const { database, clock } = instance;
  const row = one<Row>(database, 'SELECT * FROM sign_in_tokens WHERE token_digest = ?', digest(token));
  if (!row) throw refuse('ticket_invalid_code', 'This sign-in ticket is not valid.');
  if (row.status === 'revoked') throw refuse('sign_in_token_revoked_code', 'This sign-in ticket was withdrawn.');
  if (row.status === 'accepted') {
    throw refuse('sign_in_token_already_used_code', 'This sign-in ticket was used already.');
  }
  if (row.expire_at <= clock()) throw refuse('ticket_expired_code', 'This sign-in ticket is no longer valid.');
  run(database, `UPDATE sign_in_tokens SET status = 'accepted', updated_at = ? WHERE id = ?`, clock(), row.id);
  return row.user_id;
}

export function revokeSignInToken(instance: Instance, id: string): SignInToken {
  if (getSignInToken(instance, id).status !== 'pending') {
    throw apiError(400, 'sign_in_token_cannot_be_revoked_code', 'Only a ticket that was not used can be withdrawn.');
  }
  run(
    instance.database,
    `UPDATE sign_in_tokens SET status = 'revoked', updated_at = ? WHERE id = ?`,
    instance.clock(),
    id,
  );
  return getSignInToken(instance, id);
}

/** A ticket of an hour ago that is over is of no use to anybody. */
export const pruneSignInTokens = ({ database, clock }: Instance): number =>
  run(database, 'DELETE FROM sign_in_tokens WHERE expire_at < ?', clock() - 60 * 60 * 1000);

const refuse = (code: string, message: string) => apiError(400, code, message, { param_name: 'ticket' });
