/** Get, Exists, Paginate, First, Last. */
import { getVersion } from '../documents/read.ts';
import { storedForm } from '../documents/rules.ts';
import { shown } from '../documents/write.ts';
import { emptyArray, emptySet, notFound } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail, permissionDenied } from '../errors/query-error.ts';
import { anyValue, boolean, type Cast, integer, transactionTime } from '../language/casts.ts';
import { atTime, type Context } from '../language/context.ts';
import { type Call, defineFunction, optional } from '../language/define.ts';
import type { Form } from '../language/form.ts';
import { documentLabel, NATIVE } from '../schema/ids.ts';
import { documentType } from '../schema/types/index.ts';
import { checkAction } from '../security/permissions.ts';
import { identifier, setOrArray, unresolvedIdentifier } from '../sets/casts.ts';
import { type Cursor, readCursor, readCursorObject } from '../sets/cursor.ts';
import { historicalSet } from '../sets/derived.ts';
import { documentSet } from '../sets/document-set.ts';
import { collectionRefOf } from '../sets/documents-set.ts';
import { DEFAULT_PAGE_SIZE, head, MAX_PAGE_SIZE, paginate } from '../sets/paginate.ts';
import { partitionsOf } from '../sets/partitions.ts';
import type { EventSet } from '../sets/set.ts';
import { isSet, type SetValue } from '../sets/set-value.ts';
import { microsOfTime } from '../values/time.ts';
import { document, isArray, isRef, type Ref, type Time, type Value } from '../values/value.ts';

const maybeTime = optional(transactionTime);

/** The context at the time a read names; 'now' leaves At() again. */
function contextAt(context: Context, ts: Time | 'now' | undefined): Context {
  if (ts === undefined) return context;
  return atTime(context, ts === 'now' ? undefined : microsOfTime(ts));
}

export const mayRead = (context: Context, ref: Ref): boolean =>
  checkAction(context, {
    action: 'read',
    resource: collectionRefOf(ref.scope, ref.collection),
    document: ref,
    argument: ref,
  });

/** Permission first: a login that may not read it learns nothing of whether it is there. */
export function getReadable(context: Context, ref: Ref, position: At): Value {
  if (!mayRead(context, ref)) fail(permissionDenied(position));
  const version = getVersion(context.session, ref, context.validTime);
  if (!version) return fail(notFound(position, documentLabel(ref.collection)));
  return document(shown(version, documentType(ref.collection)));
}

function get(target: Ref | SetValue, context: Context, position: At): Value {
  if (!isSet(target)) return getReadable(context, target, position);
  const set = target.set.forRead(context) ?? fail(permissionDenied(at(position, 'get')));
  const found = head(context, set);
  return found ? getReadable(context, found.document, position) : fail(notFound(position, 'Set'));
}

/** Whether it is there and may be read; of a set, its first element. */
export function exists(target: Ref | SetValue, context: Context, position: At): boolean {
  if (!isSet(target))
    return mayRead(context, target) && getVersion(context.session, target, context.validTime) !== undefined;
  const set = target.set.forRead(context) ?? fail(permissionDenied(at(position, 'exists')));
  const found = head(context, set);
  return found !== undefined && exists(found.document, context, position);
}

/** FaunaDB's Exists() knows no sets of roles and access providers. */
const isOverlooked = (target: Ref | SetValue): boolean => {
  const literal = isSet(target) ? target.set.literal() : null;
  if (!isRef(literal) || literal.collection !== NATIVE.collections) return false;
  return literal.id === BigInt(NATIVE.roles) || literal.id === BigInt(NATIVE.access_providers);
};

interface PageOptions {
  readonly paginate: Ref | SetValue;
  readonly ts: Time | 'now' | undefined;
  readonly size: bigint | undefined;
  readonly events: boolean | undefined;
  readonly sources: boolean | undefined;
}

function page(
  options: PageOptions,
  { context, position }: Call,
  start: (
    set: EventSet,
    read: (value: Value, key: At) => Cursor,
  ) => { cursor?: Cursor | undefined; ascending: boolean },
): Value {
  const plain = isSet(options.paginate) ? options.paginate.set : documentSet(options.paginate);
  const set = options.events && !plain.shape.historical ? historicalSet(plain) : plain;
  const asStored = (value: Parameters<typeof storedForm>[0]) => storedForm(value, context.session.time);
  const { cursor, ascending } = start(set, (value, key) => readCursor(set, value, 'low', asStored, key));
  const wanted = options.size ?? BigInt(DEFAULT_PAGE_SIZE);
  // As an Int, like FaunaDB's.
  const size = wanted > BigInt(MAX_PAGE_SIZE) ? MAX_PAGE_SIZE : Number(BigInt.asIntN(32, wanted));
  const request = { cursor, ascending, size, sources: options.sources === true };
  return charged(context, options.paginate, () =>
    paginate(contextAt(context, options.ts), set, request, position, 'paginate'),
  );
}

const common = {
  ts: maybeTime,
  size: optional(integer),
  events: optional(boolean),
  sources: optional(boolean),
};

/** First and Last. */
function end(key: 'first' | 'last'): Form {
  return defineFunction({
    parameters: { [key]: setOrArray },
    effect: 'read',
    evaluate: (args, { context, position }) => {
      const value = args[key] ?? [];
      const place = at(position, key);
      if (isArray(value)) {
        return value.length > 0 ? (value.at(key === 'first' ? 0 : -1) ?? null) : fail(emptyArray(place));
      }
      const request = { ascending: key === 'first', size: 1, sources: false };
      const { data } = charged(context, value, () => paginate(context, value.set, request, position, key));
      return data.length > 0 ? (data[0] ?? null) : fail(emptySet(place));
    },
  });
}

/** What Get, Exists, Paginate, First and Last read is charged for. */
function charged<T>({ session }: Context, target: Ref | SetValue, read: () => T): T {
  return session.meter.charge(() => (isSet(target) ? partitionsOf(session.catalog, target.set.literal()) : 1), read);
}

export const readForms: readonly Form[] = [
  defineFunction({
    parameters: { get: identifier, ts: maybeTime },
    effect: 'read',
    evaluate: (args, { context, position }) =>
      charged(context, args.get, () => get(args.get, contextAt(context, args.ts), position)),
  }),
  defineFunction({
    parameters: { exists: unresolvedIdentifier as Cast<Ref | SetValue | undefined>, ts: maybeTime },
    effect: 'read',
    evaluate: ({ exists: target, ts }, { context, position }) =>
      target && !isOverlooked(target)
        ? charged(context, target, () => exists(target, contextAt(context, ts), position))
        : false,
  }),
  end('first'),
  end('last'),
  defineFunction({
    parameters: { paginate: identifier, after: optional(anyValue), ...common },
    effect: 'read',
    evaluate: (args, call) =>
      page(args, call, (_set, read) => ({
        cursor: args.after === undefined ? undefined : read(args.after, at(call.position, 'after')),
        ascending: true,
      })),
  }),
  defineFunction({
    parameters: { paginate: identifier, before: anyValue, ...common },
    effect: 'read',
    evaluate: (args, call) =>
      page(args, call, (_set, read) => ({ cursor: read(args.before, at(call.position, 'before')), ascending: false })),
  }),
  defineFunction({
    parameters: { paginate: identifier, cursor: anyValue, ...common },
    effect: 'read',
    evaluate: (args, call) =>
      page(args, call, (_set, read) => {
        const place = at(call.position, 'cursor');
        const given = readCursorObject(args.cursor, place);
        return { cursor: given && read(given.value, at(place, given.key)), ascending: given?.key !== 'before' };
      }),
  }),
];
