/** Editing the past of documents: Insert and Remove (WriteAdaptor.scala). Uniqueness is not asked for there. */
import { validationFailed } from '../errors/errors.ts';
import type { At } from '../errors/position.ts';
import { fail, permissionDenied } from '../errors/query-error.ts';
import type { Context } from '../language/context.ts';
import { checkFields } from '../schema/fields.ts';
import { NATIVE } from '../schema/ids.ts';
import { documentType } from '../schema/types/index.ts';
import { checkAction } from '../security/permissions.ts';
import { encodeValue } from '../values/codec.ts';
import { microsOfTime } from '../values/time.ts';
import { type FaunaObject, type Ref, ref, type Time, type Value, type Version } from '../values/value.ts';
import { chargeVersion } from './costs.ts';
import { patchFields } from './diff.ts';
import { rewriteHistory, versionsOf } from './indexing.ts';
import { minValidTime } from './read.ts';
import { storeRules } from './rules.ts';
import { withDefaultTtl } from './ttl.ts';
import { writable } from './write.ts';

type Action = Version['action'];

/** What it answers is an event, with all of the version's fields. */
export function insertVersion(
  context: Context,
  target: Ref,
  time: Time,
  action: Action,
  given: FaunaObject,
  position: At,
): Value {
  const type = documentType(target.collection);
  const fields = writable(given, type, false);
  mayEdit(context, target, time, action, fields, position);
  const ts = microsOfTime(time);
  const live = action !== 'delete';
  const stored = live ? validated(context, target, fields, position) : new Map();
  const version: Version = { ...target, ts, action: live ? 'create' : 'delete', fields: stored, pending: false };
  edit(context, target, (versions) => [...versions.filter((other) => other.ts !== ts), version]);
  return { kind: 'event', ts, action: version.action, document: target, ...(live ? { fields: stored } : {}) };
}

export function removeVersion(context: Context, target: Ref, time: Time, action: Action, position: At): void {
  const ts = microsOfTime(time);
  const known = versionsOf(context.session, target);
  const found = known.find((version) => version.ts === ts);
  mayEdit(context, target, time, action, found?.fields ?? new Map(), position);
  if (!found || (found.action === 'delete') !== (action === 'delete')) return;
  const oldest = minValidTime(context.session, target.scope, target.collection);
  const forgotten = found.ts <= oldest;
  if (forgotten && (action === 'delete' || found !== known.findLast((version) => version.ts <= oldest))) return;
  // What was before the oldest version that is kept is not to be seen again (Store.scala:500, removeRevision).
  const instead: Version[] = forgotten ? [{ ...found, action: 'delete', fields: new Map() }] : [];
  edit(context, target, (versions) => [...versions.filter((version) => version.ts !== ts), ...instead]);
}

function mayEdit(context: Context, target: Ref, time: Time, action: Action, fields: FaunaObject, position: At): void {
  const resource = ref(target.scope, NATIVE.collections, BigInt(target.collection));
  const argument: Value = [target, time, action, fields];
  if (!checkAction(context, { action: 'history_write', resource, document: target, argument })) {
    fail(permissionDenied(position));
  }
}

function validated(context: Context, target: Ref, given: FaunaObject, position: At): FaunaObject {
  const type = documentType(target.collection);
  const fields = new Map([...given].filter(([name]) => name !== 'credentials'));
  const checked = checkFields(patchFields(new Map(), fields), type.rules);
  if (checked.failures.length > 0) fail(validationFailed(position, checked.failures));
  return withDefaultTtl(context.session, target, checked.value);
}

/** Puts the new list of versions in the place of the old. A version after nothing was a `create`, else an `update`. */
function edit(context: Context, target: Ref, change: (versions: Version[]) => Version[]): void {
  const { session } = context;
  const { transaction } = session;
  const old = versionsOf(session, target);
  const sorted = change(old).sort((a, b) => (a.ts < b.ts ? -1 : 1));
  const fresh = sorted.map((version, index): Version => {
    if (version.action === 'delete') return version;
    const before = sorted[index - 1];
    return { ...version, fields: version.fields, action: before && before.action !== 'delete' ? 'update' : 'create' };
  });
  const known = new Map(old.map((version) => [version.ts, version]));
  for (const version of old) {
    if (!fresh.some(({ ts }) => ts === version.ts)) {
      transaction.dropVersion(target.scope, target.collection, target.id, version.ts);
    }
  }
  for (const version of fresh) {
    const before = known.get(version.ts);
    if (before && before.action === version.action && before.fields === version.fields) continue;
    const data = version.action === 'delete' ? new Uint8Array() : encodeValue(version.fields, storeRules(session.time));
    const { ts, action } = version;
    chargeVersion(session, target, ts, action === 'delete' ? undefined : version.fields, before?.fields);
    transaction.putVersion(target.scope, target.collection, target.id, { ts, action, data });
  }
  rewriteHistory(session, target, old, fresh);
}
