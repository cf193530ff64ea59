/** Collection documents. */
import { BadRequest } from '../../errors/bad-request.ts';
import { QueryFailure } from '../../errors/query-error.ts';
import type { Context } from '../../language/context.ts';
import { object, type Ref, ref } from '../../values/value.ts';
import type { DocumentType } from '../document-type.ts';
import { anyMap, long, name, negative, optional } from '../fields.ts';
import { FIRST_COLLECTION, LAST_COLLECTION, NATIVE } from '../ids.ts';
import { references } from '../references.ts';
import { refuseDelete, refuseShortened } from './protected-mode.ts';

export const collectionDocument: DocumentType = {
  isSchema: true,
  rules: {
    data: optional(anyMap),
    history_days: optional(long),
    ttl_days: optional(long),
    // Looked at by `check`, since its failures come after the sign's.
    name: (value) => ({ value }),
  },
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
    return { stored: fields };
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

function indexesOnly({ session }: Context, scope: number, collection: number): Ref[] {
  return session.catalog
    .scope(scope)
    .indexesOf(collection)
    .filter(({ sources }) => sources.every(({ collections }) => collections?.every((found) => found === collection)))
    .map(({ id }) => ref(scope, NATIVE.indexes, id));
}
