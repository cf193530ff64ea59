/** A document as a set of itself (Paginate(ref)), Singleton(ref), and the events of both. */

import { diffFields } from '../documents/diff.ts';
import { getVersion, toVersion } from '../documents/read.ts';
import { checkAction } from '../security/permissions.ts';
import { NEVER } from '../store/rows.ts';
import { encodeRef } from '../values/keys.ts';
import { type FaunaObject, object, type Ref, type Value } from '../values/value.ts';
import { collectionRefOf } from './documents-set.ts';
import { type Entry, type EventSet, NO_VALUES } from './set.ts';

const position = (ref: Ref): Uint8Array => encodeRef(ref.collection, ref.id);

export function documentSet(ref: Ref): EventSet {
  return single(
    ref,
    () => ref,
    (context) => versionEvents(context, ref),
  );
}

export function singletonSet(ref: Ref): EventSet {
  return single(
    ref,
    () => object({ singleton: ref }),
    function* (context) {
      for (const event of versionEvents(context, ref)) {
        if (event.action === 'create') yield { ...event, action: 'add' };
        if (event.action === 'delete') yield { ...event, action: 'remove' };
      }
    },
  );
}

type Events = (context: Parameters<EventSet['snapshot']>[0]) => Iterable<Entry>;

function single(ref: Ref, literal: () => Value, events: Events): EventSet {
  const self: EventSet = {
    filtered: true,
    shape: NO_VALUES,
    literal,
    forRead: () => self,
    snapshot: function* (context) {
      const version = getVersion(context.session, ref, context.validTime);
      if (version) {
        yield { document: ref, values: [], position: position(ref), ts: version.ts, action: 'add', sources: [self] };
      }
    },
    history: function* (context, range) {
      const found = [...events(context)];
      yield* range.ascending ? found : found.reverse();
    },
  };
  return self;
}

/** One event a version, each with what it changed. */
function* versionEvents(context: Parameters<EventSet['snapshot']>[0], ref: Ref): Generator<Entry> {
  const { session, validTime } = context;
  const allowed = checkAction(context, {
    action: 'history_read',
    resource: collectionRefOf(ref.scope, ref.collection),
    document: ref,
    argument: ref,
  });
  if (!allowed) return;
  let previous: FaunaObject | undefined;
  for (const row of session.transaction.versions(ref.scope, ref.collection, ref.id, 0n, validTime ?? NEVER)) {
    const version = toVersion(session, ref, row);
    const fields = version.action === 'delete' ? undefined : diffFields(previous, version.fields);
    yield {
      document: ref,
      values: [],
      position: position(ref),
      ts: version.ts,
      action: version.action,
      sources: [],
      ...(fields ? { fields } : {}),
    };
    previous = version.action === 'delete' ? undefined : version.fields;
  }
}
