/** A commit's changes as the events of a stream (EventEncoder.scala). */
import { diffFields } from '../documents/diff.ts';
import { loadRules } from '../documents/rules.ts';
import type { EventField } from '../engine/protocol.ts';
import type { Session } from '../language/context.ts';
import { DOCUMENTS } from '../schema/catalog.ts';
import { NATIVE } from '../schema/ids.ts';
import type { Change, Commit, EntryChange, VersionChange } from '../store/commit.ts';
import { decodeValue } from '../values/decode.ts';
import { type FaunaObject, isArray, isObject, object, ref, type Value } from '../values/value.ts';

export const EVENT_FIELDS: readonly EventField[] = ['action', 'document', 'diff', 'prev', 'index'];
export const DEFAULT_FIELDS: readonly EventField[] = ['action', 'document'];

export const startEvent = (start: bigint): Value => object({ type: 'start', txn: start, event: start });

export function changeEvent(
  session: Session,
  change: Change,
  commit: Commit,
  fields: readonly EventField[],
  terms: readonly Value[],
): Value {
  const all = eventOf(session, change, terms);
  return object({
    type:
      change.type === 'entry'
        ? 'set'
        : change.ts === commit.time && change.type === 'version'
          ? 'version'
          : 'history_rewrite',
    txn: commit.time,
    event: new Map(
      EVENT_FIELDS.filter((name) => fields.includes(name) && all.has(name)).map((name) => [
        name,
        all.get(name) ?? null,
      ]),
    ),
  });
}

function eventOf(session: Session, change: Change, terms: readonly Value[]): FaunaObject {
  switch (change.type) {
    case 'version':
      return versionEvent(session, change);
    case 'removal':
      return object({ action: change.action, document: stub(change) });
    case 'entry':
      return object({ action: change.action, document: stub(change), index: indexOf(session, change, terms) });
  }
}

const stub = (change: Change, ts = change.ts): FaunaObject =>
  object({ ref: ref(change.scope, change.collection, change.id), ts });

/** What was deleted shows as it last was, its `ts` included. */
function versionEvent(session: Session, change: VersionChange): FaunaObject {
  const { before } = change;
  const was = before && before.action !== 'delete' ? decodeFields(session, change, before.data) : undefined;
  const previous = was && before ? new Map([...stub(change, before.ts), ...was]) : stub(change);
  if (change.action === 'delete') {
    return object({ action: 'delete', document: previous, diff: stub(change), prev: previous });
  }
  const now = decodeFields(session, change, change.data);
  return object({
    action: was ? 'update' : 'create',
    document: new Map([...stub(change), ...now]),
    diff: new Map([...stub(change), ...diffFields(was, now)]),
    prev: previous,
  });
}

function decodeFields(session: Session, { scope }: Change, data: Uint8Array): FaunaObject {
  const fields = data.length > 0 ? decodeValue(data, loadRules(scope, session.parseLambda)) : null;
  return isObject(fields) ? fields : new Map();
}

/** The index of all documents has no ref of its own. */
function indexOf(session: Session, { scope, index, vals }: EntryChange, terms: readonly Value[]): FaunaObject {
  const values = vals ? decodeValue(vals, loadRules(scope, session.parseLambda)) : [];
  return new Map<string, Value>([
    ...(index === DOCUMENTS ? [] : ([['ref', ref(scope, NATIVE.indexes, index)]] as [string, Value][])),
    ['terms', [...terms]],
    ['values', isArray(values) ? values : [values]],
  ]);
}
