/** A document as a set of itself (Paginate(ref)), Singleton(ref), and the events of both. */
import { diffFields } from '../documents/diff.ts';
import { isOver } from '../documents/pruning.ts';
import { getVersion, minValidTime, toVersion } from '../documents/read.ts';
import { documentType } from '../schema/types/index.ts';
import { checkAction } from '../security/permissions.ts';
import { encodeRef } from '../values/keys.ts';
import { type FaunaObject, object, type Ref, type Value, type Version } from '../values/value.ts';
import { collectionRefOf } from './documents-set.ts';
import { type Entry, type EventRange, type EventSet, SINGLE } from './set.ts';

type Context = Parameters<EventSet['snapshot']>[0];

export const documentSet = (ref: Ref): EventSet =>
  single(
    ref,
    () => ref,
    (context, range) => versionEvents(context, ref, range),
  );

export const singletonSet = (ref: Ref): EventSet =>
  single(
    ref,
    () => object({ singleton: ref }),
    function* (context, range) {
      for (const { fields: _, ...event } of versionEvents(context, ref, range)) {
        if (event.action === 'create') yield { ...event, action: 'add' };
        if (event.action === 'delete') yield { ...event, action: 'remove' };
      }
    },
  );

/** Who may read a document's history may page through both; `read` is not asked for. */
function single(
  ref: Ref,
  literal: () => Value,
  events: (context: Context, range: EventRange) => Iterable<Entry>,
): EventSet {
  const self: EventSet = {
    filtered: false,
    shape: SINGLE,
    literal,
    forRead: (context) => {
      const resource = collectionRefOf(ref.scope, ref.collection);
      return checkAction(context, { action: 'history_read', resource, document: ref, argument: ref })
        ? self
        : undefined;
    },
    snapshot: function* (context, range) {
      const version = getVersion(context.session, ref, context.validTime);
      const position = encodeRef(ref.collection, ref.id);
      const [low, high] = range.ascending ? [range.from, range.to] : [range.to, range.from];
      const outside = (low && Buffer.compare(position, low) < 0) || (high && Buffer.compare(position, high) > 0);
      if (!version || outside) return;
      yield { document: ref, values: [], position, ts: version.ts, action: 'add', sources: [self] };
    },
    history: function* (context, range) {
      const found = [...events(context, range)];
      for (const event of range.ascending ? found : found.reverse()) yield { ...event, sources: [self] };
    },
  };
  return self;
}

/** One event a version, each with what it changed. */
function* versionEvents(context: Context, ref: Ref, { since, until }: EventRange): Generator<Entry> {
  const { session } = context;
  const root = rootTime(context, ref);
  let previous: FaunaObject | undefined;
  for (const row of session.transaction.versions(ref.scope, ref.collection, ref.id, root, until)) {
    const version = toVersion(session, ref, row);
    const deleted = version.action === 'delete';
    if (row.ts >= since) {
      yield {
        document: ref,
        values: [],
        position: encodeRef(ref.collection, ref.id),
        ts: version.ts,
        action: deleted ? 'delete' : previous ? 'update' : 'create',
        sources: [],
        ofVersion: true,
        ...(deleted ? {} : { fields: diffFields(previous, readable(version)) }),
      };
    }
    previous = deleted ? undefined : readable(version);
  }
}

/** History begins with the version that was current at the oldest time that is kept, unless that is over by then. */
function rootTime({ session }: Context, ref: Ref): bigint {
  const oldest = minValidTime(session, ref.scope, ref.collection);
  const root = session.transaction.version(ref.scope, ref.collection, ref.id, oldest);
  return root && !isOver(session, ref, root, oldest) ? root.ts : oldest + 1n;
}

function readable({ fields, collection }: Version): FaunaObject {
  const { internal = [] } = documentType(collection);
  return internal.length > 0 ? new Map([...fields].filter(([name]) => !internal.includes(name))) : fields;
}
