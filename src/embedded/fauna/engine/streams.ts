/** The engine's side of streams: what one is of, and what a commit's changes look like to who opened it. */
import { loadRules, storeRules } from '../documents/rules.ts';
import { unresolvedRef } from '../errors/errors.ts';
import { argumentError, fail, type QueryError, QueryFailure, RANK } from '../errors/query-error.ts';
import type { Context, Session } from '../language/context.ts';
import { isUserCollection } from '../schema/ids.ts';
import type { Auth } from '../security/auth.ts';
import { stampOf } from '../security/revalidate.ts';
import { isSet } from '../sets/set-value.ts';
import { changeEvent, DEFAULT_FIELDS, EVENT_FIELDS } from '../streams/events.ts';
import { documentTopic, setTopic } from '../streams/topics.ts';
import { maySee } from '../streams/visibility.ts';
import { encodeValue } from '../values/codec.ts';
import { decodeValue } from '../values/decode.ts';
import { typeName } from '../values/names.ts';
import { isArray, isRef, isTagged, type Value } from '../values/value.ts';
import { render } from '../wire/render.ts';
import type { EventField, EventsRequest, StreamOpening } from './protocol.ts';

export const STREAM_LIMIT = { effect: 'read', reason: 'stream requests' } as const;

type Opened = Omit<StreamOpening & { type: 'open' }, 'metrics'>;

/** Throws QueryFailure when the value is nothing that can be streamed. */
export function openStream(session: Session, auth: Auth, value: Value, fields: readonly EventField[]): Opened {
  const stamp = stampOf(session, auth);
  if (stamp === undefined) throw new Error('a login that was just made does not stand');
  return { type: 'open', ...subjectOf(session, value), fields, start: session.time, login: { auth, stamp } };
}

function subjectOf(session: Session, value: Value): { topic: string; terms: Uint8Array | undefined } {
  if (isRef(value) && isUserCollection(value.collection)) {
    return { topic: documentTopic(value.scope, value.collection, value.id), terms: undefined };
  }
  if (isTagged(value) && value.kind === 'document' && isUserCollection(value.version.collection)) {
    const { scope, collection, id } = value.version;
    return { topic: documentTopic(scope, collection, id), terms: undefined };
  }
  if (isSet(value) && value.set.streamed) {
    const { scope, index, key, terms } = value.set.streamed;
    return { topic: setTopic(scope, index, key), terms: encodeValue([...terms], storeRules(session.time)) };
  }
  if (isTagged(value) && value.kind === 'unresolved') return fail(unresolvedRef(undefined, value));
  const got = typeName(value);
  return fail(argumentError(undefined, `Expected a Document Ref or Version, or a Set Ref, got ${got}.`));
}

/** Throws QueryFailure that names every field there is none of. */
export function readFields(given: string | undefined): readonly EventField[] {
  if (given === undefined) return DEFAULT_FIELDS;
  const names = splitLikeJava(given).map((name) => name.trim());
  const unknown = names.filter((name) => !isField(name));
  if (unknown.length > 0) throw new QueryFailure(unknown.map(invalidField));
  return names.filter(isField);
}

const isField = (name: string): name is EventField => (EVENT_FIELDS as readonly string[]).includes(name);

/** Java's split drops empty strings at the end, unless there is nothing else. */
function splitLikeJava(text: string): string[] {
  const parts = text.split(',');
  if (text === '') return parts;
  while (parts.at(-1) === '') parts.pop();
  return parts;
}

const invalidField = (name: string): QueryError => ({
  code: 'invalid url parameter',
  description: `Invalid url parameter fields. Invalid field name '${name}'`,
  position: undefined,
  rank: RANK.other,
  status: 400,
});

/** Undefined when the login has been lost. */
export function renderEvents(session: Session, request: EventsRequest): readonly string[] | undefined {
  const { login, fields, commit } = request;
  const { auth, stamp } = login;
  if (stampOf(session, auth) !== stamp) return undefined;
  const context: Context = {
    session,
    auth,
    bindings: undefined,
    validTime: undefined,
    depth: 0,
    limit: STREAM_LIMIT,
  };
  const terms = decodeTerms(session, request);
  return commit.changes.flatMap((change) => {
    if (!maySee(context, change, commit, terms)) return [];
    return render(changeEvent(session, change, commit, fields, terms), { session, scope: auth.scope }) ?? [];
  });
}

function decodeTerms(session: Session, { terms, commit }: EventsRequest): readonly Value[] {
  const scope = commit.changes[0]?.scope ?? 0;
  const found = terms ? decodeValue(terms, loadRules(scope, session.parseLambda)) : [];
  return isArray(found) ? found : [found];
}
