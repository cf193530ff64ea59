/** Collection documents. */
import { QueryFailure } from '../../errors/query-error.ts';
import type { Context } from '../../language/context.ts';
import { object, type Ref, ref } from '../../values/value.ts';
import type { DocumentType } from '../document-type.ts';
import { anyMap, flag, long, name, nonNegative, optional } from '../fields.ts';
import { FIRST_COLLECTION, NATIVE } from '../ids.ts';
import { references } from '../references.ts';

export const collectionDocument: DocumentType = {
  isSchema: true,
  rules: {
    data: optional(anyMap),
    history_days: optional(nonNegative),
    ttl_days: optional(long),
    name,
    document_ttls: optional(flag),
    permissions: optional(anyMap),
  },
  defaults: object({ history_days: 0n }),
  keptOnReplace: ['name', 'history_days'],
  /** Sequential, as refs sort by it and FaunaDB's are. Numbers of deleted collections are not used again. */
  nextId: ({ session, auth }) => {
    const highest = session.transaction.maxId(auth.scope, NATIVE.collections);
    return highest === undefined ? BigInt(FIRST_COLLECTION) : highest + 1n;
  },
  check: references,
  /** Indexes of nothing but this collection go with it, unless the login may not delete them. */
  deleted: (version, context, writer) => {
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
