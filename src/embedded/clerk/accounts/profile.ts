import { z } from 'zod';
import { rotateClientSecret } from '../clients/clients.ts';
import {
  currentSession,
  enveloped,
  type FrontendCall,
  type FrontendReply,
  reloadClient,
  requireClient,
} from '../frontend-api/call.ts';
import { decode } from '../http/decode.ts';
import { apiError, formError, notFound } from '../http/errors.ts';
import { userJson } from '../resources/user.ts';
import { closeSessions, listActiveSessionsOfUser } from '../sessions/sessions.ts';
import { requirePassword } from '../sign-in/password-factor.ts';
import { transact } from '../store/query.ts';
import { mergeMetadata, metadataField, readMetadata } from './metadata.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { deleteUser, requireUser, type User, type UserChanges, updateUser } from './users.ts';

/** The user of the request's session. */
export const currentUser = (call: FrontendCall): User => requireUser(call.instance, currentSession(call).userId);

export const getProfile = (call: FrontendCall): FrontendReply => enveloped(userJson(currentUser(call)));

const name = z.string().trim().max(256).optional();
const profile = z.object({
  first_name: name,
  last_name: name,
  primary_email_address_id: z.string().optional(),
  unsafe_metadata: metadataField.optional(),
});

/** `PATCH /v1/me` */
export function updateProfile(call: FrontendCall): FrontendReply {
  const form = decode(profile, call.body);
  const user = currentUser(call);
  const changes: UserChanges = {};
  if (form.first_name !== undefined) changes.firstName = form.first_name || null;
  if (form.last_name !== undefined) changes.lastName = form.last_name || null;
  if (form.unsafe_metadata !== undefined) {
    changes.unsafeMetadata = readMetadata(form.unsafe_metadata, 'unsafe_metadata');
  }
  if (form.primary_email_address_id !== undefined) {
    const address = user.emailAddresses.find(({ id }) => id === form.primary_email_address_id);
    if (!address) throw notFound('e-mail address');
    if (address.verification?.status !== 'verified') {
      throw formError('form_param_value_invalid', 'primary_email_address_id', 'Verify this e-mail address first.');
    }
    changes.primaryEmailAddressId = address.id;
  }
  return enveloped(userJson(updateUser(call.instance, user.id, changes)));
}

/** `PATCH /v1/me/metadata`: merges. */
export function updateProfileMetadata(call: FrontendCall): FrontendReply {
  const form = decode(z.object({ unsafe_metadata: metadataField }), call.body);
  const user = currentUser(call);
  const merged = mergeMetadata(user.unsafeMetadata, readMetadata(form.unsafe_metadata, 'unsafe_metadata'));
  const unsafeMetadata = readMetadata(merged, 'unsafe_metadata');
  return enveloped(userJson(updateUser(call.instance, user.id, { unsafeMetadata })));
}

const passwordChange = z.object({
  current_password: z.string().max(1024).optional(),
  new_password: z.string().max(1024),
  sign_out_of_other_sessions: z.enum(['true', 'false']).optional(),
});

/** `POST /v1/me/change_password`: sets the first one too, for an account that has none. */
export async function changePassword(call: FrontendCall): Promise<FrontendReply> {
  const { instance } = call;
  const form = decode(passwordChange, call.body);
  const session = currentSession(call);
  const user = requireUser(instance, session.userId);
  if (user.passwordDigest !== null) {
    if (!form.current_password) throw formError('form_param_missing', 'current_password', 'Enter your password.');
    await requirePassword(instance, user.id, form.current_password, 'current_password');
  }
  checkPassword(form.new_password, 'new_password');
  const passwordDigest = await hashPassword(form.new_password);
  return transact(instance.database, () => {
    // Hashing takes a while; the session may have been ended meanwhile.
    currentSession(call);
    const changed = updateUser(instance, user.id, { passwordDigest, passwordUpdatedAt: instance.clock() });
    if (form.sign_out_of_other_sessions === 'true') {
      const others = listActiveSessionsOfUser(instance, user.id).filter(({ id }) => id !== session.id);
      closeSessions(instance, others, 'revoked');
    }
    return enveloped(userJson(changed));
  });
}

/** `POST /v1/me/remove_password`: only where another way to sign in remains. */
export async function removePassword(call: FrontendCall): Promise<FrontendReply> {
  const { instance } = call;
  const form = decode(z.object({ current_password: z.string().max(1024) }), call.body);
  const user = currentUser(call);
  if (!instance.emailCodes) {
    throw apiError(400, 'password_required', 'The password is the only way to sign in to this account.');
  }
  await requirePassword(instance, user.id, form.current_password, 'current_password');
  return enveloped(userJson(updateUser(instance, user.id, { passwordDigest: null, passwordUpdatedAt: null })));
}

/** `DELETE /v1/me` */
export function deleteProfile(call: FrontendCall): FrontendReply {
  const { instance } = call;
  const { userId } = currentSession(call);
  const client = requireClient(call);
  transact(instance.database, () => {
    deleteUser(instance, userId);
    call.newSecret = rotateClientSecret(instance, client.id);
  });
  reloadClient(call);
  return enveloped({ object: 'user', id: userId, deleted: true });
}
