/** The ttl a collection gives documents that have none of their own. */
import type { Session } from '../language/context.ts';
import { isUserCollection } from '../schema/ids.ts';
import { timeOfMicros } from '../values/time.ts';
import type { FaunaObject, Ref } from '../values/value.ts';

const DAY = 86_400_000_000n;
/** As many as Java's durations hold; FaunaDB takes any number beyond, also below, for this. */
export const MOST_DAYS = 106_751n;

export function withDefaultTtl(session: Session, target: Ref, fields: FaunaObject): FaunaObject {
  if (!isUserCollection(target.collection) || fields.has('ttl')) return fields;
  const days = session.catalog.scope(target.scope).collection(target.collection)?.ttlDays;
  if (days === undefined) return fields;
  const held = days > MOST_DAYS || days < -MOST_DAYS ? MOST_DAYS : days;
  return new Map(fields).set('ttl', timeOfMicros(session.time + held * DAY));
}
