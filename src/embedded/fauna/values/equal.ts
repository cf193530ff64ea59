/** When two values are the same (Equals, Difference, Distinct…): Scala's == of FaunaDB's literals. */
import type { LambdaPattern, Tagged, Value } from './value.ts';

/** `mixed` also takes a Long and a Double of the same size as equal, as Equals() does at the top level only. */
export function equalValues(a: Value, b: Value, mixed = false): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Object.is(a, b) || (a === 0 && b === 0 && !mixed);
  if (mixed && typeof a === 'bigint' && typeof b === 'number') return Object.is(Number(a), b);
  if (mixed && typeof a === 'number' && typeof b === 'bigint') return Object.is(a, Number(b));
  if (a === b) return true;
  if (typeof a === 'string' || typeof b === 'string') return equalActions(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((element, index) => equalValues(element, b[index] ?? null))
    );
  }
  if (a instanceof Map) {
    return (
      b instanceof Map &&
      a.size === b.size &&
      [...a].every(([key, field]) => b.has(key) && equalValues(field, b.get(key) ?? null))
    );
  }
  return !Array.isArray(b) && !(b instanceof Map) && equalTagged(a, b);
}

/** An action equals its name; to versions before 5 all that create equal `create` too, and the rest `delete`. */
function equalActions(a: Value, b: Value): boolean {
  if (typeof a === 'string') return typeof b !== 'string' && isNamed(b, a);
  return typeof b === 'string' && isNamed(a, b);
}

function isNamed(value: Value, name: string): boolean {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'action') return false;
  const comesIn = value.action !== 'delete' && value.action !== 'remove';
  if (name === 'create') return comesIn;
  return name === 'delete' ? !comesIn : name === value.action;
}

function equalTagged(a: Tagged, b: Tagged): boolean {
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'ref':
      return b.kind === 'ref' && a.scope === b.scope && a.collection === b.collection && a.id === b.id;
    case 'unresolved':
      return (
        b.kind === 'unresolved' && a.type === b.type && a.name === b.name && a.id === b.id && a.database === b.database
      );
    case 'set':
      return b.kind === 'set' && equalValues(a.set.literal(), b.set.literal());
    case 'time':
      return b.kind === 'time' && a.seconds === b.seconds && a.nanos === b.nanos;
    case 'date':
      return b.kind === 'date' && a.days === b.days;
    case 'bytes':
      return b.kind === 'bytes' && Buffer.compare(a.bytes, b.bytes) === 0;
    case 'uuid':
      return b.kind === 'uuid' && a.uuid === b.uuid;
    case 'transactionTime':
      return b.kind === 'transactionTime' && a.micros === b.micros;
    case 'action':
      return b.kind === 'action' && a.action === b.action;
    case 'lambda':
      return (
        b.kind === 'lambda' &&
        equalPatterns(a.pattern, b.pattern) &&
        equalValues([a.body.literal(), new Map(a.captured)], [b.body.literal(), new Map(b.captured)])
      );
    case 'document':
      return b.kind === 'document' && a.isNew === b.isNew && equalVersions(a.version, b.version);
    case 'page':
      return (
        b.kind === 'page' &&
        equalValues(a.data, b.data) &&
        equalValues(a.cursors, b.cursors) &&
        equalValues(a.before ?? null, b.before ?? null) &&
        equalValues(a.after ?? null, b.after ?? null)
      );
    case 'event':
      return (
        b.kind === 'event' &&
        a.ts === b.ts &&
        a.action === b.action &&
        equalTagged(a.document, b.document) &&
        equalValues(a.fields ?? a.values ?? null, b.fields ?? b.values ?? null)
      );
    case 'element':
      return b.kind === 'element' && equalValues(a.value, b.value);
  }
}

/** By the names that are bound, used or not. */
function equalPatterns(a: LambdaPattern, b: LambdaPattern): boolean {
  if (a.type === 'name') return b.type === 'name' && a.name === b.name;
  if (a.type === 'ignore' || b.type !== 'array') return a.type === b.type;
  return (
    a.elements.length === b.elements.length &&
    a.elements.every((element, index) => {
      const other = b.elements[index];
      return other !== undefined && equalPatterns(element, other);
    })
  );
}

type Versioned = Extract<Tagged, { kind: 'document' }>['version'];
const equalVersions = (a: Versioned, b: Versioned): boolean =>
  a.scope === b.scope &&
  a.collection === b.collection &&
  a.id === b.id &&
  a.ts === b.ts &&
  equalValues(a.fields, b.fields);
