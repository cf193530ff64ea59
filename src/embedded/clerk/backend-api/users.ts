import { z } from 'zod';
import { addEmailAddress, normalizeEmailAddress } from '../accounts/email-addresses.ts';
import { mergeMetadata, metadataField, readMetadata } from '../accounts/metadata.ts';
import { createUser, deleteUser, findUser, type Metadata, type User, updateUser } from '../accounts/users.ts';
import { decode } from '../http/decode.ts';
import { notFound } from '../http/errors.ts';
import { backendUserJson } from '../resources/user.ts';
import { transact } from '../store/query.ts';
import { verified } from '../verification/verification.ts';
import { type BackendCall, deleted } from './call.ts';
import { readUserChanges, userFields } from './user-fields.ts';
import { countUsers, listUsers } from './user-list.ts';

/** Always a plain array: @clerk/backend counts by a request of its own. */
export const list = (call: BackendCall): unknown => listUsers(call).map(backendUserJson);

export const count = (call: BackendCall): unknown => ({ object: 'total_count', total_count: countUsers(call) });

export const get = (call: BackendCall): unknown => backendUserJson(user(call));

const creation = userFields.extend({
  email_address: z.array(z.string()).max(20).nullish(),
});

/** `POST /v1/users`. Addresses count as verified; an account without address or password is let in by tickets. */
export async function create(call: BackendCall): Promise<unknown> {
  const { instance } = call;
  const form = decode(creation, call.body);
  const changes = await readUserChanges(form, instance.clock());
  const addresses = (form.email_address ?? []).map((text) => normalizeEmailAddress(text, 'email_address'));
  const made = transact(instance.database, () => {
    const { id } = createUser(instance, changes);
    const [first] = addresses.map((text) => addEmailAddress(instance, id, text, verified(instance, 'admin')));
    return updateUser(instance, id, { primaryEmailAddressId: first?.id ?? null });
  });
  return backendUserJson(made);
}

const update_ = userFields.extend({ primary_email_address_id: z.string().nullish() });

/** `PATCH /v1/users/{id}` */
export async function update(call: BackendCall): Promise<unknown> {
  const { instance } = call;
  const form = decode(update_, call.body);
  const { id, emailAddresses } = user(call);
  const changes = await readUserChanges(form, instance.clock());
  if (form.primary_email_address_id) {
    const address = emailAddresses.find((one) => one.id === form.primary_email_address_id);
    if (!address) throw notFound('e-mail address');
    changes.primaryEmailAddressId = address.id;
  }
  // Hashing takes a while; the user may have been deleted meanwhile.
  user(call);
  return backendUserJson(updateUser(instance, id, changes));
}

const metadata = z.object({
  public_metadata: metadataField.nullish(),
  private_metadata: metadataField.nullish(),
  unsafe_metadata: metadataField.nullish(),
});

/** `PATCH` merges, `PUT` replaces. */
export const writeMetadata = (merge: boolean) => (call: BackendCall) => {
  const form = decode(metadata, call.body);
  const before = user(call);
  const read = (value: z.infer<typeof metadataField> | null | undefined, param: string, old: Metadata): Metadata => {
    if (value === null || value === undefined) return old;
    const change = readMetadata(value, param);
    return merge ? readMetadata(mergeMetadata(old, change), param) : change;
  };
  return backendUserJson(
    updateUser(call.instance, before.id, {
      publicMetadata: read(form.public_metadata, 'public_metadata', before.publicMetadata),
      privateMetadata: read(form.private_metadata, 'private_metadata', before.privateMetadata),
      unsafeMetadata: read(form.unsafe_metadata, 'unsafe_metadata', before.unsafeMetadata),
    }),
  );
};

export function remove(call: BackendCall): unknown {
  const { id } = user(call);
  deleteUser(call.instance, id);
  return deleted('user', id);
}

function user(call: BackendCall): User {
  const found = findUser(call.instance, call.params.id ?? '');
  if (!found) throw notFound('user');
  return found;
}
