import { z } from 'zod';
import { metadataField, readMetadata } from '../accounts/metadata.ts';
import { checkPassword, hashPassword } from '../accounts/passwords.ts';
import type { UserChanges } from '../accounts/users.ts';

const text = z.string().trim().max(256).nullish();

/** The fields of a user that `POST` and `PATCH /v1/users` share. */
export const userFields = z.object({
  first_name: text,
  last_name: text,
  external_id: text,
  password: z.string().max(1024).nullish(),
  skip_password_checks: z.boolean().nullish(),
  public_metadata: metadataField.nullish(),
  private_metadata: metadataField.nullish(),
  unsafe_metadata: metadataField.nullish(),
});

/** What of the fields is to be written; a field that is left out is left alone. */
export async function readUserChanges(form: z.infer<typeof userFields>, now: number): Promise<UserChanges> {
  const changes: UserChanges = {};
  if (form.first_name !== undefined) changes.firstName = form.first_name || null;
  if (form.last_name !== undefined) changes.lastName = form.last_name || null;
  if (form.external_id !== undefined) changes.externalId = form.external_id || null;
  if (form.public_metadata) changes.publicMetadata = readMetadata(form.public_metadata, 'public_metadata');
  if (form.private_metadata) changes.privateMetadata = readMetadata(form.private_metadata, 'private_metadata');
  if (form.unsafe_metadata) changes.unsafeMetadata = readMetadata(form.unsafe_metadata, 'unsafe_metadata');
  if (form.password) {
    if (!form.skip_password_checks) checkPassword(form.password, 'password');
    changes.passwordDigest = await hashPassword(form.password);
    changes.passwordUpdatedAt = now;
  }
  return changes;
}
