/** Database documents. Each has a scope of its own, where its documents live, and a global id. */

import { containerHoldsData, type ValidationFailure } from '../../errors/validation.ts';
import type { Session } from '../../language/context.ts';
import { encodeGlobalId } from '../../security/global-id.ts';
import type { FaunaObject } from '../../values/value.ts';
import type { DocumentType, WriteCall } from '../document-type.ts';
import { anyMap, flag, name, optional, typed } from '../fields.ts';
import { NATIVE } from '../ids.ts';
import { references } from '../references.ts';
import { priority } from './roles-of.ts';

const stored = typed('Long', (value) => (typeof value === 'bigint' ? value : undefined));

export const databaseDocument: DocumentType = {
  isSchema: true,
  allowedInContainer: true,
  rules: {
    data: optional(anyMap),
    name,
    scope: optional(stored),
    global_id: optional(stored),
    account: optional(anyMap),
    priority: optional(priority),
    container: optional(flag),
    typechecked: optional(flag),
    protected: optional(flag),
  },
  readOnly: ['scope', 'global_id'],
  internal: ['scope', 'account'],
  readable: (fields) => {
    const globalId = fields.get('global_id');
    return typeof globalId === 'bigint' ? new Map(fields).set('global_id', encodeGlobalId(globalId)) : fields;
  },
  keptOnReplace: ['name'],
  check: (fields, call) => [...references(fields, call), ...containerFailures(fields, call)],
  complete: (fields, { context: { session }, previous }) => {
    const result = new Map(fields);
    if (!previous) {
      const scope = session.transaction.counter('scope') + 1n;
      session.transaction.setCounter('scope', scope);
      result.set('scope', scope);
      result.set('global_id', session.newId());
    }
    return { stored: result };
  },
  written: (version, { context: { session } }) => {
    const place = [version.scope, version.id] as const;
    session.transaction.putLookup('scope', version.fields.get('scope') as bigint, ...place);
    session.transaction.putLookup('database', version.fields.get('global_id') as bigint, ...place);
  },
  deleted: (version, { session }) => {
    session.transaction.dropLookup('database', version.fields.get('global_id') as bigint);
    dropBelow(session, Number(version.fields.get('scope')));
    session.transaction.dropLookup('scope', version.fields.get('scope') as bigint);
  },
};

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
  for (const inner of session.catalog.scope(scope).all(NATIVE.databases)) {
    session.transaction.dropLookup('database', inner.fields.get('global_id') as bigint);
    dropBelow(session, Number(inner.fields.get('scope')));
    session.transaction.dropLookup('scope', inner.fields.get('scope') as bigint);
  }
}
