import { apiError, formError } from '../http/errors.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../instance.ts';
import { all, isUniqueViolation, one, run } from '../store/query.ts';
import type { Verification } from '../verification/verification.ts';

export interface EmailAddress {
  id: string;
  userId: string;
  emailAddress: string;
  verification: Verification | null;
  createdAt: number;
  updatedAt: number;
}

interface Row {
  id: string;
  user_id: string;
  email_address: string;
  verification: string | null;
  created_at: number;
  updated_at: number;
}

const fromRow = (row: Row): EmailAddress => ({
  id: row.id,
  userId: row.user_id,
  emailAddress: row.email_address,
  verification: row.verification === null ? null : (JSON.parse(row.verification) as Verification),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** How an address is compared and kept. Throws `form_param_format_invalid` for what is none. */
export function normalizeEmailAddress(text: string, param: string): string {
  const address = text.trim().toLowerCase();
  if (address.length > 254 || !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(address)) {
    throw formError('form_param_format_invalid', param, 'Enter an e-mail address, such as name@example.com.');
  }
  return address;
}

export const listEmailAddresses = ({ database }: Instance, userId: string): EmailAddress[] =>
  all<Row>(database, 'SELECT * FROM email_addresses WHERE user_id = ? ORDER BY created_at, id', userId).map(fromRow);

export function findEmailAddress({ database }: Instance, emailAddress: string): EmailAddress | null {
  const row = one<Row>(database, 'SELECT * FROM email_addresses WHERE email_address = ?', emailAddress);
  return row ? fromRow(row) : null;
}

/** Throws `form_identifier_exists` where another account has the address. */
export function addEmailAddress(
  instance: Instance,
  userId: string,
  emailAddress: string,
  verification: Verification | null,
  param = 'email_address',
): EmailAddress {
  const id = newId(instance, 'idn');
  const now = instance.clock();
  try {
    run(
      instance.database,
      'INSERT INTO email_addresses VALUES (?, ?, ?, ?, ?, ?)',
      id,
      userId,
      emailAddress,
      verification === null ? null : JSON.stringify(verification),
      now,
      now,
    );
  } catch (error) {
    if (isUniqueViolation(error)) throw emailAddressTaken(param);
    throw error;
  }
  return { id, userId, emailAddress, verification, createdAt: now, updatedAt: now };
}

export const emailAddressTaken = (param: string) =>
  formError('form_identifier_exists', param, 'There is an account with this e-mail address already.');

export function saveEmailVerification(instance: Instance, id: string, verification: Verification): void {
  run(
    instance.database,
    'UPDATE email_addresses SET verification = ?, updated_at = ? WHERE id = ?',
    JSON.stringify(verification),
    instance.clock(),
    id,
  );
}

/** Throws where it is the only way to sign in. */
export function removeEmailAddress(instance: Instance, userId: string, id: string): void {
  if (listEmailAddresses(instance, userId).length < 2) {
    throw apiError(400, 'last_identification_deletion_failed', 'This is the only e-mail address of the account.');
  }
  run(instance.database, 'DELETE FROM email_addresses WHERE id = ? AND user_id = ?', id, userId);
}
