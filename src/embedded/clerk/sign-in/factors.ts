import { z } from 'zod';
import { checkPassword, hashPassword } from '../accounts/passwords.ts';
import { updateUser } from '../accounts/users.ts';
import { enveloped, type FrontendCall, type FrontendReply, requireClient } from '../frontend-api/call.ts';
import { decode } from '../http/decode.ts';
import { apiError, formError } from '../http/errors.ts';
import type { Instance } from '../instance.ts';
import { signInJson } from '../resources/sign-in.ts';
import { closeSessions, listActiveSessionsOfUser } from '../sessions/sessions.ts';
import { transact } from '../store/query.ts';
import { attemptCode, sendCode } from '../verification/verification.ts';
import { completeSignIn } from './complete.ts';
import { requirePassword } from './password-factor.ts';
import { requireSignIn, type SignIn, saveSignIn } from './sign-ins.ts';

const CODE_STRATEGIES = ['email_code', 'reset_password_email_code'];

/** A sign-in that knows who it is for and waits for proof. */
function requireIdentified(signIn: SignIn): { signIn: SignIn; userId: string; identifier: string } {
  const { userId, identifier } = signIn;
  if (signIn.status !== 'needs_first_factor' || userId === null || identifier === null) {
    throw apiError(400, 'sign_in_invalid_state', 'This sign-in is not waiting for a factor. Start again.');
  }
  return { signIn, userId, identifier };
}

export const getSignIn = (call: FrontendCall): FrontendReply => enveloped(signInJson(call.instance, ownSignIn(call)));

const ownSignIn = (call: FrontendCall): SignIn => requireSignIn(call.instance, requireClient(call).id, call.params.id);

/** Sends the code of a factor. */
export async function prepareFactor(instance: Instance, signIn: SignIn, strategy: string): Promise<SignIn> {
  const { identifier } = requireIdentified(signIn);
  if (!CODE_STRATEGIES.includes(strategy)) {
    throw formError('strategy_for_user_invalid', 'strategy', 'This way to sign in needs no preparation.');
  }
  return saveSignIn(instance, { ...signIn, firstFactor: await sendCode(instance, identifier, strategy) });
}

/** `POST …/prepare_first_factor` */
export async function prepareFirstFactor(call: FrontendCall): Promise<FrontendReply> {
  const { strategy } = decode(z.object({ strategy: z.string() }), call.body);
  return enveloped(signInJson(call.instance, await prepareFactor(call.instance, ownSignIn(call), strategy)));
}

const attempt = z.object({
  strategy: z.string(),
  code: z.string().max(64).optional(),
  password: z.string().max(1024).optional(),
});

/** `POST …/attempt_first_factor` */
export async function attemptFirstFactor(call: FrontendCall): Promise<FrontendReply> {
  const { instance } = call;
  const { strategy, code, password } = decode(attempt, call.body);
  const { signIn, userId } = requireIdentified(ownSignIn(call));
  if (strategy === 'password') {
    if (password === undefined) throw formError('form_param_missing', 'password', 'Enter your password.');
    await requirePassword(instance, userId, password);
    return enveloped(signInJson(instance, completeSignIn(call, signIn, userId, strategy)));
  }
  if (!CODE_STRATEGIES.includes(strategy)) {
    throw formError('strategy_for_user_invalid', 'strategy', 'The embedded Clerk does not offer this way to sign in.');
  }
  if (code === undefined) throw formError('form_param_missing', 'code', 'Enter the code.');
  const sent = signIn.firstFactor?.strategy === strategy ? signIn.firstFactor : null;
  let next = signIn;
  attemptCode(instance, sent, code, (firstFactor) => {
    next = saveSignIn(instance, { ...signIn, firstFactor });
  });
  if (strategy === 'email_code') {
    return enveloped(signInJson(instance, completeSignIn(call, next, userId, strategy)));
  }
  return enveloped(signInJson(instance, saveSignIn(instance, { ...next, status: 'needs_new_password' })));
}

const reset = z.object({
  password: z.string().max(1024),
  sign_out_of_other_sessions: z.enum(['true', 'false']).optional(),
});

/** `POST …/reset_password`, once the code for it was right. */
export async function resetPassword(call: FrontendCall): Promise<FrontendReply> {
  const { instance } = call;
  const form = decode(reset, call.body);
  const signIn = ownSignIn(call);
  const { userId } = signIn;
  if (signIn.status !== 'needs_new_password' || userId === null) {
    throw apiError(400, 'sign_in_invalid_state', 'This sign-in is not waiting for a new password. Start again.');
  }
  checkPassword(form.password, 'password');
  const passwordDigest = await hashPassword(form.password);
  return transact(instance.database, () => {
    updateUser(instance, userId, { passwordDigest, passwordUpdatedAt: instance.clock() });
    if (form.sign_out_of_other_sessions === 'true') {
      closeSessions(instance, listActiveSessionsOfUser(instance, userId), 'revoked');
    }
    return enveloped(signInJson(instance, completeSignIn(call, signIn, userId, 'reset_password_email_code')));
  });
}
