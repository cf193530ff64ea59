import { z } from 'zod';
import { findEmailAddress, normalizeEmailAddress } from '../accounts/email-addresses.ts';
import {
  ensureClient,
  enveloped,
  type FrontendCall,
  type FrontendReply,
  refuseSecondSession,
} from '../frontend-api/call.ts';
import { decode } from '../http/decode.ts';
import { apiError, formError } from '../http/errors.ts';
import { signInJson } from '../resources/sign-in.ts';
import { transact } from '../store/query.ts';
import { acceptSignInToken } from '../tokens/sign-in-tokens.ts';
import { completeSignIn } from './complete.ts';
import { prepareFactor } from './factors.ts';
import { requirePassword } from './password-factor.ts';
import { newSignIn, type SignIn, saveSignIn } from './sign-ins.ts';

const fields = z.object({
  strategy: z.string().max(64).optional(),
  identifier: z.string().max(320).optional(),
  password: z.string().max(1024).optional(),
  ticket: z.string().max(4096).optional(),
  transfer: z.string().optional(),
});

/** `POST /v1/client/sign_ins`: begins, and where everything is given ends, a sign-in. */
export async function createSignIn(call: FrontendCall): Promise<FrontendReply> {
  const form = decode(fields, call.body);
  refuseSecondSession(call);
  if (form.transfer) throw apiError(400, 'account_transfer_invalid', 'There is no account to transfer.');
  if (form.ticket !== undefined || form.strategy === 'ticket') {
    return enveloped(signInJson(call.instance, signInByTicket(call, form.ticket ?? '')));
  }
  const started = await identify(call, form);
  return enveloped(signInJson(call.instance, started));
}

function signInByTicket(call: FrontendCall, ticket: string): SignIn {
  const { instance } = call;
  const signIn = newSignIn(instance, ensureClient(call).id);
  // One transaction, so that a ticket is used up exactly when it has opened a session.
  return transact(instance.database, () => {
    const userId = acceptSignInToken(instance, ticket);
    return completeSignIn(call, signIn, userId, 'ticket');
  });
}

async function identify(call: FrontendCall, form: z.infer<typeof fields>): Promise<SignIn> {
  const { instance } = call;
  if (form.strategy && !['password', 'email_code', 'reset_password_email_code'].includes(form.strategy)) {
    throw formError('form_param_value_invalid', 'strategy', 'The embedded Clerk does not offer this way to sign in.');
  }
  if (!form.identifier) {
    if (form.password !== undefined) throw formError('form_param_missing', 'identifier', 'Enter your e-mail address.');
    return saveSignIn(instance, newSignIn(instance, ensureClient(call).id));
  }
  const emailAddress = findEmailAddress(instance, normalizeEmailAddress(form.identifier, 'identifier'));
  if (!emailAddress) {
    throw formError('form_identifier_not_found', 'identifier', 'There is no account with this e-mail address.');
  }
  const signIn = saveSignIn(instance, {
    ...newSignIn(instance, ensureClient(call).id),
    userId: emailAddress.userId,
    status: 'needs_first_factor',
    identifier: emailAddress.emailAddress,
  });
  if (form.password !== undefined) {
    await requirePassword(instance, emailAddress.userId, form.password);
    return completeSignIn(call, signIn, emailAddress.userId, 'password');
  }
  if (form.strategy && form.strategy !== 'password') return prepareFactor(instance, signIn, form.strategy);
  return signIn;
}
