/** Who is asking. */
import { invalidToken, missingIdentity } from '../errors/errors.ts';
import { fail } from '../errors/query-error.ts';
import { nothing } from '../language/casts.ts';
import type { Context } from '../language/context.ts';
import { defineFunction } from '../language/define.ts';
import type { Effect } from '../language/effect.ts';
import type { Form } from '../language/form.ts';
import { isObject, type Value } from '../values/value.ts';

/** Undefined where CurrentIdentity() fails: by JWT it is the `sub`, whatever its type. */
function identity({ auth }: Context): Value | undefined {
  if (auth.login.type === 'jwt') return isObject(auth.login.payload) ? auth.login.payload.get('sub') : undefined;
  return auth.identity;
}

/** A key's own ref shows only in the database it was made in. */
function token({ auth }: Context): Value | undefined {
  const { login } = auth;
  if (login.type === 'key') return login.key.scope === auth.scope ? login.key : undefined;
  if (login.type === 'token') return login.token;
  return login.type === 'jwt' ? login.payload : undefined;
}

const asking = (
  key: string,
  answer: (context: Context, position: Parameters<typeof missingIdentity>[0]) => Value,
  effect: Effect = 'read',
): Form =>
  defineFunction({
    parameters: { [key]: nothing },
    effect,
    evaluate: (_args, { context, position }) => answer(context, position),
  });

export const authForms: readonly Form[] = [
  ...['current_identity', 'identity'].map((key) =>
    asking(key, (context, position) => {
      const found = identity(context);
      return found === undefined ? fail(missingIdentity(position)) : found;
    }),
  ),
  ...['has_current_identity', 'has_identity'].map((key) => asking(key, (context) => identity(context) !== undefined)),
  asking('current_token', (context, position) => token(context) ?? fail(invalidToken(position))),
  asking('has_current_token', (context) => token(context) !== undefined, 'pure'),
];
