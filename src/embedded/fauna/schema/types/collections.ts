/** Collection documents. */
import { daysBefore, keptSince } from '../../documents/read.ts';
import { BadRequest } from '../../errors/bad-request.ts';
import { QueryFailure } from '../../errors/query-error.ts';
import type { Context } from '../../language/context.ts';
import { timeOfMicros } from '../../values/time.ts';
import { type FaunaObject, object, type Ref, ref } from '../../values/value.ts';
import type { DocumentType, WriteCall } from '../document-type.ts';
import { anyMap, long, name, negative, optional, time } from '../fields.ts';
import { FIRST_COLLECTION, LAST_COLLECTION, NATIVE } from '../ids.ts';
import { references } from '../references.ts';
import { refuseDelete, refuseShortened } from './protected-mode.ts';

export const collectionDocument: DocumentType = {
  isSchema: true,
  rules: {
    data: optional(anyMap),
    history_days: optional(long),
    ttl_days: optional(long),
    min_valid_time: optional(time),
    // Looked at by `check`, since its failures come after the sign's.
    name: (value) => ({ value }),
  },
  internal: ['min_valid_time'],
  defaults: object({ history_days: 0n }),
  keptOnReplace: ['name', 'history_days'],
  /** Sequential, as refs sort by it and FaunaDB's are. Numbers of deleted collections are not used again. */
  nextId: ({ session, auth }) => {
    const highest = session.transaction.maxId(auth.scope, NATIVE.collections);
    const next = highest === undefined ? BigInt(FIRST_COLLECTION) : highest + 1n;
    if (next > LAST_COLLECTION) throw new BadRequest('Maximum sequential ID reached.');
    return next;
  },
  check: (fields, call, given) => [
    ...negative(fields.get('history_days'), ['history_days']),
    ...(name(fields.get('name'), ['name']).failures ?? []),
    ...references(given, call),
  ],
  complete: (fields, call) => {
    refuseShortened(fields, call);
    return { stored: new Map(fields).set('min_valid_time', timeOfMicros(oldestKept(fields, call))) };
  },
  /** Indexes of nothing but this collection go with it, unless the login may not delete them. */
  deleted: (version, { context, position, writer }) => {
    refuseDelete(context, 'Cannot delete collection', position);
    for (const index of indexesOnly(context, version.scope, Number(version.id))) {
      try {
        writer.remove(context, index, undefined);
      } catch (error) {
        if (!(error instanceof QueryFailure)) throw error;
      }
    }
  },
};

/** What was forgotten stays so, also when history is kept longer now (WriteAdaptor.scala:591, updateMVT). */
function oldestKept(fields: FaunaObject, { context: { session }, previous }: WriteCall): bigint {
  const days = fields.get('history_days');
  const now = daysBefore(session.time, typeof days === 'bigint' ? days : 0n);
  const before = previous ? keptSince(session, previous.scope, Number(previous.id)) : 0n;
  return before > now ? before : now;
}

function indexesOnly({ session }: Context, scope: number, collection: number): Ref[] {
  return session.catalog
    .scope(scope)
    .indexesOf(collection)
    .filter(({ sources }) => sources.every(({ collections }) => collections?.every((found) => found === collection)))
    .map(({ id }) => ref(scope, NATIVE.indexes, id));
}
