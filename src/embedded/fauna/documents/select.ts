/** What is at a path in a value (ReadAdaptor.scala's valueAtPath). */
import type { PathStep } from '../language/casts.ts';
import type { Session } from '../language/context.ts';
import { hasName, NATIVE, nativeName } from '../schema/ids.ts';
import { isArray, isObject, isTagged, type Ref, ref, type Tagged, type Value, type Version } from '../values/value.ts';
import { fieldAt } from './stored-version.ts';

type Path = readonly PathStep[];

/** Undefined if nothing is there. `all` reaches into the elements of arrays and gathers. */
export function select(session: Session, scope: number, container: Value, path: Path, all: boolean): Value | undefined {
  if (isArray(container)) return selectInArray(session, scope, container, path, all);
  if (path.length === 0) return container;
  const step = path[0];
  const rest = path.slice(1);
  // A set is its own inside as long as no part of it is asked for.
  if (isTagged(container) && container.kind === 'set' && step === '@set' && rest.length === 0) return container;
  if (isObject(container)) {
    const found = typeof step === 'string' ? container.get(step) : undefined;
    return found === undefined ? undefined : select(session, scope, found, rest, all);
  }
  if (typeof container !== 'object' || container === null || isArray(container)) return undefined;
  if (container.kind === 'document' && !isAddress(step)) {
    const inside = fieldAt(session, container.version, path);
    return inside && select(session, scope, inside.value, inside.rest, all);
  }
  const found = taggedStep(session, scope, container, step);
  return found === undefined ? undefined : select(session, scope, found, rest, all);
}

function selectInArray(
  session: Session,
  scope: number,
  container: Value[],
  path: Path,
  all: boolean,
): Value | undefined {
  const step = path[0];
  if (typeof step === 'bigint') {
    const found = container[Number(BigInt.asIntN(32, step))];
    return found === undefined ? undefined : select(session, scope, found, path.slice(1), all);
  }
  if (!all) return path.length === 0 ? container : undefined;
  return container.flatMap((element): Value[] => {
    const found = select(session, scope, element, path, true);
    if (found === undefined) return [];
    return isArray(found) ? found : [found];
  });
}

function taggedStep(session: Session, scope: number, value: Tagged, step: PathStep | undefined): Value | undefined {
  switch (value.kind) {
    case 'ref':
      return refStep(session, scope, value, step);
    case 'document':
      return versionStep(value.version, step);
    case 'page':
      if (step === 'data') return value.data;
      if (step === 'before') return value.before;
      if (step === 'after') return value.after;
      return typeof step === 'bigint' ? value.data[Number(BigInt.asIntN(32, step))] : undefined;
    case 'element':
      if (step === 'value') return value.value;
      return step === 'sources' ? value.sources.map((set): Value => ({ kind: 'set', set })) : undefined;
    case 'event':
      if (step === 'ts') return value.ts;
      if (step === 'action') return { kind: 'action', action: value.action };
      if (step === 'document' || step === 'instance' || step === 'resource') return value.document;
      if (step === 'data' && value.values) return value.values.length === 1 ? value.values[0] : value.values;
      if (step === 'data' && (value.action === 'add' || value.action === 'remove')) return [];
      if (step === 'data' && value.action === 'delete') return null;
      return typeof step === 'string' ? value.fields?.get(step) : undefined;
    case 'set':
      return step === '@set' ? setInside(value.set.literal()) : undefined;
    default:
      return undefined;
  }
}

/** The sets that can be looked into: FaunaDB shows nothing of those it got later. */
const OPEN_SETS = new Set(['match', 'union', 'intersection', 'difference', 'distinct', 'join']);
const LISTS = new Set(['union', 'intersection', 'difference']);

/** A Match has terms even when it was made without, and members are a list even when there is one. */
function setInside(literal: Value): Value | undefined {
  if (!isObject(literal)) return literal;
  const [[kind, first] = ['', null]] = literal;
  if (!OPEN_SETS.has(kind)) return undefined;
  if (LISTS.has(kind)) return new Map([[kind, isArray(first) ? first : [first]]]);
  return kind === 'match' && !literal.has('terms') ? new Map([...literal, ['terms', []]]) : literal;
}

/** What Select reads off a ref: its id, its collection, its database if it is another. */
export function refStep(session: Session, scope: number, value: Ref, step: PathStep | undefined): Value | undefined {
  if (step === 'collection' || step === 'class') return ref(value.scope, NATIVE.collections, BigInt(value.collection));
  if (step === 'id') return refId(session, value);
  if (step !== 'database' || value.scope === scope) return undefined;
  const database = session.catalog.database(value.scope);
  return database?.parent === undefined ? undefined : ref(database.parent, NATIVE.databases, database.id);
}

/** A document's number, or a schema document's name. */
export function refId(session: Session, value: Ref): string | undefined {
  if (!hasName(value.collection)) return value.id.toString();
  const native = value.collection === NATIVE.collections ? nativeName(Number(value.id)) : undefined;
  const { catalog } = session;
  const name = native ?? catalog.scope(value.scope).get(value.collection, value.id)?.name;
  return name ?? catalog.formerName(value.scope, value.collection, value.id);
}

const isAddress = (step: PathStep | undefined): boolean => step === 'ref' || step === 'class' || step === 'ts';

/** What a document has besides its fields. */
function versionStep(version: Version, step: PathStep | undefined): Value | undefined {
  if (step === 'ref') return ref(version.scope, version.collection, version.id);
  if (step === 'class') return ref(version.scope, NATIVE.collections, BigInt(version.collection));
  if (step === 'ts') return version.pending ? { kind: 'transactionTime', micros: true } : version.ts;
  return undefined;
}
