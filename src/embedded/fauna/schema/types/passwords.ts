/** How `password` becomes `hashed_password` (SharedValidators.scala). */
import { invalidPassword, invalidType, type ValidationFailure } from '../../errors/validation.ts';
import type { Context } from '../../language/context.ts';
import { hashMatches, hashText, SALT_BYTES } from '../../security/hashes.ts';
import type { FaunaObject } from '../../values/value.ts';
import { storedTypeName } from '../fields.ts';

/** A server may write any hash and need not know the password there was. */
export const setsAnyPassword = ({ auth: { permissions } }: Context): boolean =>
  permissions.type === 'server' || permissions.type === 'server-readonly';

/** `previous` are the fields the patch is applied to. */
export function passwordFailures(
  patch: FaunaObject,
  previous: FaunaObject,
  context: Context,
  path: readonly string[] = [],
): ValidationFailure[] {
  const server = setsAnyPassword(context);
  const wrong = ['password', server ? 'hashed_password' : 'current_password'].flatMap((name) => {
    const value = patch.get(name) ?? null;
    return value === null || typeof value === 'string'
      ? []
      : [invalidType([...path, name], 'String', storedTypeName(value))];
  });
  const old = previous.get('hashed_password');
  if (wrong.length > 0 || server || typeof patch.get('password') !== 'string' || typeof old !== 'string') return wrong;
  const given = patch.get('current_password');
  return typeof given === 'string' && hashMatches(given, old) ? [] : [invalidPassword([...path, 'current_password'])];
}

/** The patch as it is applied: no password, and no hash but the password's own or a server's. */
export function withHashedPassword(patch: FaunaObject, context: Context): FaunaObject {
  const password = patch.get('password');
  const dropped = setsAnyPassword(context)
    ? ['password', 'current_password']
    : ['password', 'current_password', 'hashed_password'];
  const result = new Map([...patch].filter(([name]) => !dropped.includes(name)));
  if (typeof password === 'string') {
    result.set('hashed_password', hashText(password, context.session.randomBytes(SALT_BYTES)));
  }
  return result;
}
