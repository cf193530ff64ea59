import { formError } from '../http/errors.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../instance.ts';
import { isUniqueViolation, one, run } from '../store/query.ts';
import type { EmailAddress } from './email-addresses.ts';
import { listEmailAddresses } from './email-addresses.ts';

export type Metadata = Record<string, unknown>;

export interface User {
  id: string;
  externalId: string | null;
  firstName: string | null;
  lastName: string | null;
  passwordDigest: string | null;
  passwordUpdatedAt: number | null;
  /** A `data:` URL, so that a window that may fetch nothing can show it. */
  image: string | null;
  publicMetadata: Metadata;
  privateMetadata: Metadata;
  unsafeMetadata: Metadata;
  primaryEmailAddressId: string | null;
  lastSignInAt: number | null;
  createdAt: number;
  updatedAt: number;
  emailAddresses: EmailAddress[];
}

export type UserChanges = Partial<Omit<User, 'id' | 'createdAt' | 'updatedAt' | 'emailAddresses'>>;

export interface UserRow {
  id: string;
  external_id: string | null;
  first_name: string | null;
  last_name: string | null;
  password_digest: string | null;
  password_updated_at: number | null;
  image: string | null;
  public_metadata: string;
  private_metadata: string;
  unsafe_metadata: string;
  primary_email_address_id: string | null;
  last_sign_in_at: number | null;
  created_at: number;
  updated_at: number;
}

export const userFromRow = (instance: Instance, row: UserRow): User => ({
  id: row.id,
  externalId: row.external_id,
  firstName: row.first_name,
  lastName: row.last_name,
  passwordDigest: row.password_digest,
  passwordUpdatedAt: row.password_updated_at,
  image: row.image,
  publicMetadata: JSON.parse(row.public_metadata) as Metadata,
  privateMetadata: JSON.parse(row.private_metadata) as Metadata,
  unsafeMetadata: JSON.parse(row.unsafe_metadata) as Metadata,
  primaryEmailAddressId: row.primary_email_address_id,
  lastSignInAt: row.last_sign_in_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  emailAddresses: listEmailAddresses(instance, row.id),
});

export function findUser(instance: Instance, id: string): User | null {
  const row = one<UserRow>(instance.database, 'SELECT * FROM users WHERE id = ?', id);
  return row ? userFromRow(instance, row) : null;
}

export function findUserByExternalId(instance: Instance, externalId: string): User | null {
  const row = one<UserRow>(instance.database, 'SELECT * FROM users WHERE external_id = ?', externalId);
  return row ? userFromRow(instance, row) : null;
}

/** For ids that the database itself vouches for (a session's user, which a foreign key keeps). */
export function requireUser(instance: Instance, id: string): User {
  const user = findUser(instance, id);
  if (!user) throw new Error(`user ${id} is gone`);
  return user;
}

export function createUser(instance: Instance, changes: UserChanges): User {
  const id = newId(instance, 'user');
  const now = instance.clock();
  run(
    instance.database,
    `INSERT INTO users (id, public_metadata, private_metadata, unsafe_metadata, created_at, updated_at)
     VALUES (?, '{}', '{}', '{}', ?, ?)`,
    id,
    now,
    now,
  );
  return updateUser(instance, id, changes);
}

/** Writes the fields that are there; throws `form_identifier_exists` for an external id that is taken. */
export function updateUser(instance: Instance, id: string, changes: UserChanges): User {
  const next = { ...requireUser(instance, id), ...changes };
  try {
    run(
      instance.database,
      `UPDATE users SET external_id = ?, first_name = ?, last_name = ?, password_digest = ?, password_updated_at = ?,
         image = ?, public_metadata = ?, private_metadata = ?, unsafe_metadata = ?, primary_email_address_id = ?,
         last_sign_in_at = ?, updated_at = ? WHERE id = ?`,
      next.externalId,
      next.firstName,
      next.lastName,
      next.passwordDigest,
      next.passwordUpdatedAt,
      next.image,
      JSON.stringify(next.publicMetadata),
      JSON.stringify(next.privateMetadata),
      JSON.stringify(next.unsafeMetadata),
      next.primaryEmailAddressId,
      next.lastSignInAt,
      instance.clock(),
      id,
    );
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw formError('form_identifier_exists', 'external_id', 'Another user has this external id.');
  }
  return requireUser(instance, id);
}

/** Their e-mail addresses, sessions, attempts and tickets go with them. */
export const deleteUser = ({ database }: Instance, id: string): boolean =>
  run(database, 'DELETE FROM users WHERE id = ?', id) > 0;

export const primaryEmailAddress = (user: User): EmailAddress | null =>
  user.emailAddresses.find((address) => address.id === user.primaryEmailAddressId) ?? null;

/** What Clerk calls the identifier: what a person signs in with, else their name. */
export const identifierOf = (user: User): string =>
  primaryEmailAddress(user)?.emailAddress ?? fullName(user) ?? user.id;

export const fullName = (user: User): string | null =>
  [user.firstName, user.lastName].filter(Boolean).join(' ') || null;
