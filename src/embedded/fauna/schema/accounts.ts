/** Customer accounts: a database may be given one by its number, and those below it are in it, too (Database.scala). */
import { invalidType, type ValidationFailure } from '../errors/validation.ts';
import type { Session } from '../language/context.ts';
import { type FaunaObject, isObject, type Value } from '../values/value.ts';
import { storedTypeName } from './fields.ts';
import { NATIVE } from './ids.ts';

/** What belongs to nobody: the root, and all that is given no account. */
const ROOT_ACCOUNT = 0n;

/** The number a database was given itself. */
export function ownAccount(fields: FaunaObject): bigint | undefined {
  const account = fields.get('account') ?? null;
  const id = isObject(account) ? account.get('id') : undefined;
  return typeof id === 'bigint' ? id : undefined;
}

/** The account of the database whose documents live in the scope. */
export function accountOf({ catalog }: Session, scope: number): bigint {
  for (let current = catalog.database(scope); current?.parent !== undefined; ) {
    const own = ownAccount(catalog.scope(current.parent).get(NATIVE.databases, current.id)?.fields ?? new Map());
    if (own !== undefined) return own;
    current = catalog.database(current.parent);
  }
  return ROOT_ACCOUNT;
}

/** A database below one with an account cannot be given another. */
export const inheritsAccount = (session: Session, scope: number): boolean => accountOf(session, scope) !== ROOT_ACCOUNT;

/** FaunaDB looks at the object, and again at the number in it. */
export function accountFailures(account: Value | undefined): ValidationFailure[] {
  if (account === undefined) return [];
  const wrong = (path: string[], expected: string, value: Value) => invalidType(path, expected, storedTypeName(value));
  if (!isObject(account)) return [wrong(['account'], 'Map', account), wrong(['account', 'id'], 'Map', account)];
  const id = account.get('id') ?? null;
  return id === null || typeof id === 'bigint' ? [] : [wrong(['account', 'id'], 'Account', id)];
}
