import { z } from 'zod';
import { emailAddressTaken, findEmailAddress, normalizeEmailAddress } from '../accounts/email-addresses.ts';
import { metadataField, readMetadata } from '../accounts/metadata.ts';
import { checkPassword, hashPassword } from '../accounts/passwords.ts';
import {
  ensureClient,
  enveloped,
  type FrontendCall,
  type FrontendReply,
  refuseSecondSession,
  requireClient,
} from '../frontend-api/call.ts';
import { decode } from '../http/decode.ts';
import { apiError, formError } from '../http/errors.ts';
import { signUpJson } from '../resources/sign-up.ts';
import { attemptCode, sendCode } from '../verification/verification.ts';
import { completeWhenReady } from './complete.ts';
import { newSignUp, requireSignUp, type SignUp, saveSignUp } from './sign-ups.ts';

const name = z.string().trim().max(256).optional();

const fields = z.object({
  strategy: z.string().optional(),
  transfer: z.string().optional(),
  email_address: z.string().max(320).optional(),
  password: z.string().max(1024).optional(),
  first_name: name,
  last_name: name,
  unsafe_metadata: metadataField.optional(),
  locale: z.string().max(64).optional(),
});

/** `POST /v1/client/sign_ups` */
export async function createSignUp(call: FrontendCall): Promise<FrontendReply> {
  refuseSecondSession(call);
  const form = decode(fields, call.body);
  if (form.transfer) throw apiError(400, 'account_transfer_invalid', 'There is no account to transfer.');
  if (form.strategy && !['password', 'email_code'].includes(form.strategy)) {
    throw formError('form_param_value_invalid', 'strategy', 'The embedded Clerk does not offer this way to sign up.');
  }
  const changes = await readFields(call, form);
  return reply(call, { ...newSignUp(call.instance, ensureClient(call).id), ...changes });
}

/** `PATCH /v1/client/sign_ups/{id}` */
export async function updateSignUp(call: FrontendCall): Promise<FrontendReply> {
  const changes = await readFields(call, decode(fields, call.body));
  return reply(call, { ...requireOpen(call), ...changes });
}

export const getSignUp = (call: FrontendCall): FrontendReply =>
  enveloped(signUpJson(call.instance, requireSignUp(call.instance, requireClient(call).id, call.params.id)));

/** `POST …/prepare_verification`: sends the code. */
export async function prepareVerification(call: FrontendCall): Promise<FrontendReply> {
  decode(z.object({ strategy: z.literal('email_code', 'Only email_code is offered.') }), call.body);
  const signUp = requireOpen(call);
  if (signUp.emailAddress === null) throw formError('form_param_missing', 'email_address', 'Enter an e-mail address.');
  const verification = await sendCode(call.instance, signUp.emailAddress, 'email_code');
  return enveloped(signUpJson(call.instance, saveSignUp(call.instance, { ...signUp, verification })));
}

/** `POST …/attempt_verification` */
export function attemptVerification(call: FrontendCall): FrontendReply {
  const { code } = decode(z.object({ code: z.string().max(64) }), call.body);
  const signUp = requireOpen(call);
  let next = signUp;
  attemptCode(call.instance, signUp.verification, code, (verification) => {
    next = saveSignUp(call.instance, { ...signUp, verification });
  });
  return reply(call, next);
}

const reply = (call: FrontendCall, signUp: SignUp): FrontendReply =>
  enveloped(signUpJson(call.instance, completeWhenReady(call, signUp)));

function requireOpen(call: FrontendCall): SignUp {
  const signUp = requireSignUp(call.instance, requireClient(call).id, call.params.id);
  if (signUp.status === 'complete') {
    throw apiError(400, 'sign_up_cannot_be_updated', 'This sign-up is complete already.');
  }
  return signUp;
}

async function readFields(call: FrontendCall, form: z.infer<typeof fields>): Promise<Partial<SignUp>> {
  const changes: Partial<SignUp> = {};
  if (form.email_address !== undefined) {
    changes.emailAddress = normalizeEmailAddress(form.email_address, 'email_address');
    changes.verification = null;
    if (findEmailAddress(call.instance, changes.emailAddress)) throw emailAddressTaken('email_address');
  }
  if (form.first_name !== undefined) changes.firstName = form.first_name || null;
  if (form.last_name !== undefined) changes.lastName = form.last_name || null;
  if (form.locale !== undefined) changes.locale = form.locale || null;
  if (form.unsafe_metadata !== undefined) {
    changes.unsafeMetadata = readMetadata(form.unsafe_metadata, 'unsafe_metadata');
  }
  if (form.password !== undefined) {
    checkPassword(form.password, 'password');
    changes.passwordDigest = await hashPassword(form.password);
  }
  return changes;
}
