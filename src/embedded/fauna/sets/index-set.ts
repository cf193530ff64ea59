/** Match(index, terms). */
import type { Context } from '../language/context.ts';
import { NATIVE } from '../schema/ids.ts';
import type { IndexSchema } from '../schema/model.ts';
import { checkAction } from '../security/permissions.ts';
import { encodeKeys } from '../values/keys.ts';
import { ref, type Value } from '../values/value.ts';
import { entryEvents, scanEntries } from './entries.ts';
import type { EventSet } from './set.ts';

export function indexSet(index: IndexSchema, terms: readonly Value[], key: Uint8Array, filtered = true): EventSet {
  const source = { scope: index.scope, index: index.id, terms: key };
  const target = ref(index.scope, NATIVE.indexes, index.id);
  const self: EventSet = {
    streamed: { scope: index.scope, index: index.id, key, terms },
    filtered,
    shape: {
      size: index.values.length + 1,
      reversed: [...index.values.map((value) => value.reverse), false],
      historical: false,
    },
    literal: () => {
      const result = new Map<string, Value>([['match', target]]);
      if (terms.length > 0) result.set('terms', terms.length === 1 ? (terms[0] ?? null) : [...terms]);
      return result;
    },
    forRead: (context: Context) => {
      if (checkAction(context, { action: 'unrestricted_read', resource: target, argument: [...terms] })) {
        return indexSet(index, terms, key, false);
      }
      return checkAction(context, { action: 'read', resource: target, argument: [...terms] }) ? self : undefined;
    },
    snapshot: (context, range) => scanEntries(context, source, range, self),
    history: (context, range) => entryEvents(context, source, range, self),
  };
  return self;
}

export const termsKey = (terms: readonly Value[], asStored: Parameters<typeof encodeKeys>[2]): Uint8Array =>
  encodeKeys(terms, [], asStored);
