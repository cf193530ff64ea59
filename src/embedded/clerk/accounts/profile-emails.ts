import { z } from 'zod';
import { enveloped, type FrontendCall, type FrontendReply } from '../frontend-api/call.ts';
import { decode } from '../http/decode.ts';
import { apiError, notFound } from '../http/errors.ts';
import { emailAddressJson } from '../resources/user.ts';
import { transact } from '../store/query.ts';
import { attemptCode, sendCode, verified } from '../verification/verification.ts';
import {
  addEmailAddress,
  type EmailAddress,
  normalizeEmailAddress,
  removeEmailAddress,
  saveEmailVerification,
} from './email-addresses.ts';
import { currentUser } from './profile.ts';
import { updateUser } from './users.ts';

export const listEmails = (call: FrontendCall): FrontendReply =>
  enveloped(currentUser(call).emailAddresses.map(emailAddressJson));

export const getEmail = (call: FrontendCall): FrontendReply => enveloped(emailAddressJson(ownEmail(call)));

/** `POST /v1/me/email_addresses`. Without a mailbox it counts as verified, as at sign-up. */
export function addEmail(call: FrontendCall): FrontendReply {
  const { instance } = call;
  const form = decode(z.object({ email_address: z.string() }), call.body);
  const user = currentUser(call);
  const text = normalizeEmailAddress(form.email_address, 'email_address');
  const added = transact(instance.database, () => {
    const verification = instance.emailCodes ? null : verified(instance, 'admin');
    const address = addEmailAddress(instance, user.id, text, verification);
    if (user.primaryEmailAddressId === null && verification) {
      updateUser(instance, user.id, { primaryEmailAddressId: address.id });
    }
    return address;
  });
  return enveloped(emailAddressJson(added));
}

/** `POST …/prepare_verification` */
export async function prepareEmail(call: FrontendCall): Promise<FrontendReply> {
  decode(z.object({ strategy: z.literal('email_code', 'Only email_code is offered.') }), call.body);
  const address = ownEmail(call);
  if (address.verification?.status === 'verified') {
    throw apiError(400, 'verification_already_verified', 'This e-mail address is verified already.');
  }
  const verification = await sendCode(call.instance, address.emailAddress, 'email_code');
  saveEmailVerification(call.instance, address.id, verification);
  return enveloped(emailAddressJson({ ...address, verification }));
}

/** `POST …/attempt_verification` */
export function attemptEmail(call: FrontendCall): FrontendReply {
  const { instance } = call;
  const { code } = decode(z.object({ code: z.string().max(64) }), call.body);
  const address = ownEmail(call);
  attemptCode(instance, address.verification, code, (next) => saveEmailVerification(instance, address.id, next));
  const user = currentUser(call);
  if (user.primaryEmailAddressId === null) updateUser(instance, user.id, { primaryEmailAddressId: address.id });
  return enveloped(emailAddressJson(ownEmail(call)));
}

/** `DELETE /v1/me/email_addresses/{id}` */
export function deleteEmail(call: FrontendCall): FrontendReply {
  const { instance } = call;
  const address = ownEmail(call);
  transact(instance.database, () => {
    removeEmailAddress(instance, address.userId, address.id);
    const user = currentUser(call);
    if (user.primaryEmailAddressId === address.id) {
      const next = user.emailAddresses.find(({ verification }) => verification?.status === 'verified');
      updateUser(instance, user.id, { primaryEmailAddressId: next?.id ?? null });
    }
  });
  return enveloped({ object: 'email_address', id: address.id, deleted: true });
}

function ownEmail(call: FrontendCall): EmailAddress {
  const address = currentUser(call).emailAddresses.find(({ id }) => id === call.params.id);
  if (!address) throw notFound('e-mail address');
  return address;
}
