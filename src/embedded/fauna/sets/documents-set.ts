/** Documents(collection), and the sets of schema documents that a native collection's ref stands for. */
import { DOCUMENTS } from '../schema/catalog.ts';
import { isUserCollection, NATIVE } from '../schema/ids.ts';
import { checkAction } from '../security/permissions.ts';
import { encodeKey } from '../values/keys.ts';
import { object, type Ref, ref } from '../values/value.ts';
import { entryEvents, type Source, scanEntries } from './entries.ts';
import { type EventSet, SINGLE, type StreamSource } from './set.ts';

const sourceOf = (scope: number, collection: number): Source => ({
  scope,
  index: DOCUMENTS,
  terms: encodeKey(BigInt(collection)),
  collections: () => [collection],
});

/** Only collections without a set of their own: Databases(), Indexes() and their like cannot be streamed (DocumentsSet.scala). */
const isStreamed = (collection: number): boolean =>
  isUserCollection(collection) || collection === NATIVE.credentials || collection === NATIVE.tokens;

/** All documents of the collection with this number. */
export function documentsSet(scope: number, collection: number, filtered = true): EventSet {
  const target = collectionRefOf(scope, collection);
  const source = sourceOf(scope, collection);
  const self: EventSet = {
    ...(isStreamed(collection)
      ? { streamed: { scope, index: DOCUMENTS, key: source.terms, terms: [target] } satisfies StreamSource }
      : {}),
    filtered,
    shape: SINGLE,
    literal: () => object({ documents: target }),
    forRead: (context) =>
      checkAction(context, { action: 'unrestricted_read', resource: target, argument: null })
        ? documentsSet(scope, collection, false)
        : self,
    snapshot: (context, range) => scanEntries(context, source, range, self),
    history: (context, range) => entryEvents(context, source, range, self),
  };
  return self;
}

/** Databases(), Keys() and their like. Reading one needs `read` on the collection itself. */
export function schemaSet(scope: number, collection: number): EventSet {
  const target = collectionRefOf(scope, collection);
  const source = sourceOf(scope, collection);
  const self: EventSet = {
    filtered: true,
    shape: SINGLE,
    literal: () => target,
    forRead: (context) =>
      checkAction(context, {
        action: 'read',
        resource: collectionRefOf(scope, NATIVE.collections),
        document: target,
        argument: target,
      })
        ? self
        : undefined,
    snapshot: (context, range) => scanEntries(context, source, range, self),
    history: (context, range) => entryEvents(context, source, range, self),
  };
  return self;
}

export const collectionRefOf = (scope: number, collection: number): Ref =>
  ref(scope, NATIVE.collections, BigInt(collection));
