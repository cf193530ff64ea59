/** Database documents. Each has a scope of its own, where its documents live, and a global id. */

import { alreadyExists } from '../../errors/errors.ts';
import { fail } from '../../errors/query-error.ts';
import { containerHoldsData, type ValidationFailure } from '../../errors/validation.ts';
import type { Session } from '../../language/context.ts';
import { encodeGlobalId } from '../../security/global-id.ts';
import type { FaunaObject, Version } from '../../values/value.ts';
import { accountFailures, inheritsAccount, ownAccount } from '../accounts.ts';
import type { DocumentType, WriteCall } from '../document-type.ts';
import { anyMap, type FieldRule, flag, long, name, optional } from '../fields.ts';
import { documentLabel, NATIVE } from '../ids.ts';
import { references } from '../references.ts';
import { priority } from './roles-of.ts';

const account: FieldRule = (value) => {
  const failures = accountFailures(value);
  return failures.length > 0 ? { failures } : { value };
};

export const databaseDocument: DocumentType = {
  isSchema: true,
  allowedInContainer: true,
  rules: {
    data: optional(anyMap),
    name,
    scope: optional(long),
    global_id: optional(long),
    account: optional(account),
    priority: optional(priority),
    container: optional(flag),
    typechecked: optional(flag),
    protected: optional(flag),
  },
  readOnly: ['scope', 'global_id'],
  internal: ['scope'],
  readable: (fields) => {
    const shown = new Map([...fields].filter(([field]) => field !== 'account'));
    const globalId = fields.get('global_id');
    return typeof globalId === 'bigint' ? shown.set('global_id', encodeGlobalId(globalId)) : shown;
  },
  keptOnReplace: ['name', 'account'],
  prepare: (patch, { previous }) => ({ patch: previous ? withoutAccount(patch) : patch, failures: [] }),
  check: (fields, call, given) => [...references(given, call), ...containerFailures(fields, call)],
  complete: (fields, call) => ({ stored: call.previous ? fields : founded(fields, call) }),
  written: (version, { context: { session } }) => register(session, version),
  deleted: (version, { context: { session } }) => {
    forget(session, version.fields);
    dropBelow(session, Number(version.fields.get('scope')));
  },
};

/** A database's account is its first one's for ever. */
const withoutAccount = (patch: FaunaObject): FaunaObject =>
  new Map([...patch].filter(([field]) => field !== 'account'));

/** What a new database gets: a scope, a global id, and no account where it has one from above. */
function founded(fields: FaunaObject, { context: { session, auth }, position }: WriteCall): FaunaObject {
  const result = new Map(fields);
  if (inheritsAccount(session, auth.scope)) result.delete('account');
  const own = ownAccount(result);
  if (own !== undefined && session.transaction.lookup('account', own)) {
    fail(alreadyExists(position, documentLabel(NATIVE.databases)));
  }
  const scope = session.transaction.counter('scope') + 1n;
  session.transaction.setCounter('scope', scope);
  return result.set('scope', scope).set('global_id', session.newId());
}

/** The ways to a database by what others know of it. */
export function register({ transaction }: Session, { fields, scope, id }: Version): void {
  transaction.putLookup('scope', fields.get('scope') as bigint, scope, id);
  transaction.putLookup('database', fields.get('global_id') as bigint, scope, id);
  const own = ownAccount(fields);
  if (own !== undefined) transaction.putLookup('account', own, scope, id);
}

export function forget({ transaction }: Session, fields: FaunaObject): void {
  transaction.dropLookup('scope', fields.get('scope') as bigint);
  transaction.dropLookup('database', fields.get('global_id') as bigint);
  const own = ownAccount(fields);
  if (own !== undefined) transaction.dropLookup('account', own);
}

/** A database that holds data of its own cannot become a container. */
function containerFailures(fields: FaunaObject, { context: { session }, previous }: WriteCall): ValidationFailure[] {
  if (!previous || fields.get('container') !== true || previous.fields.get('container') === true) return [];
  const inside = session.catalog.scope(Number(previous.fields.get('scope')));
  const holds = [NATIVE.collections, NATIVE.indexes, NATIVE.functions].some((kind) => inside.all(kind).length > 0);
  return holds ? [containerHoldsData()] : [];
}

/** Keys and databases below a deleted database must stop working at once. */
function dropBelow(session: Session, scope: number): void {
  for (const row of session.transaction.latest(scope, NATIVE.keys)) session.transaction.dropLookup('key', row.id);
  for (const { fields } of session.catalog.scope(scope).all(NATIVE.databases)) {
    dropBelow(session, Number(fields.get('scope')));
    forget(session, fields);
  }
}
