import { z } from 'zod';
import { findUser } from '../accounts/users.ts';
import { decode } from '../http/decode.ts';
import { notFound } from '../http/errors.ts';
import { createSignInToken, revokeSignInToken, type SignInToken } from '../tokens/sign-in-tokens.ts';
import type { BackendCall } from './call.ts';

/** Clerk's default, 30 days. Name a shorter time: a ticket is a key to the account. */
const DEFAULT_LIFETIME = 2_592_000;

const fields = z.object({
  user_id: z.string(),
  expires_in_seconds: z.number().int().min(1, 'Use a second or more.').max(315_360_000).nullish(),
});

const signInTokenJson = (signInToken: SignInToken, issuer: string, token?: string) => ({
  object: 'sign_in_token',
  id: signInToken.id,
  user_id: signInToken.userId,
  status: signInToken.status,
  // Known at creation alone; only its digest is kept.
  ...(token === undefined ? {} : { token, url: `${issuer}/v1/tickets/accept?ticket=${token}` }),
  created_at: signInToken.createdAt,
  updated_at: signInToken.updatedAt,
});

export function create(call: BackendCall): unknown {
  const form = decode(fields, call.body);
  if (!findUser(call.instance, form.user_id)) throw notFound('user');
  const made = createSignInToken(call.instance, form.user_id, form.expires_in_seconds ?? DEFAULT_LIFETIME);
  return signInTokenJson(made.signInToken, call.instance.issuer, made.token);
}

export const revoke = (call: BackendCall): unknown =>
  signInTokenJson(revokeSignInToken(call.instance, call.params.id ?? ''), call.instance.issuer);
