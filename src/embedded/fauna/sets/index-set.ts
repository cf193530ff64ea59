/** Match(index, terms). */
import { collectionsOf } from '../documents/building.ts';
import { storedForm } from '../documents/rules.ts';
import { refuseTooLarge } from '../errors/bad-request.ts';
import type { Context } from '../language/context.ts';
import { NATIVE } from '../schema/ids.ts';
import type { IndexSchema } from '../schema/model.ts';
import { checkAction } from '../security/permissions.ts';
import { encodeKeys } from '../values/keys.ts';
import { normalized } from '../values/normalized.ts';
import { termsLength } from '../values/stored-length.ts';
import { ref, type Value } from '../values/value.ts';
import { entryEvents, type Source, scanEntries } from './entries.ts';
import type { EventSet } from './set.ts';

/** `key` is that of the terms. */
export function indexSet(index: IndexSchema, terms: readonly Value[], key: Uint8Array, filtered = true): EventSet {
  const source: Source = {
    scope: index.scope,
    index: index.id,
    terms: key,
    collections: (session) => collectionsOf(session, index),
  };
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
    snapshot: (context, range) => scanEntries(context, readable(context), range, self),
    history: (context, range) => entryEvents(context, readable(context), range, self),
  };
  const readable = ({ session }: Context): Source => {
    refuseTooLarge(termsLength(index.scope, terms, (value) => storedForm(value, session.time)));
    return source;
  };
  return self;
}

/** The set of a Match with these terms. */
export function matchedSet({ session }: Context, index: IndexSchema, given: readonly Value[]): EventSet {
  const terms = given.map(normalized);
  return indexSet(
    index,
    terms,
    encodeKeys(terms, [], (value) => storedForm(value, session.time)),
  );
}
