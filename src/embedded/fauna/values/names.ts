/** The names of types as FaunaDB's error texts spell them. */
import { NATIVE } from '../schema/ids.ts';
import type { Ref, Tagged, UnresolvedRef, Value } from './value.ts';

export function typeName(value: Value): string {
  switch (typeof value) {
    case 'bigint':
      return 'Integer';
    case 'number':
      return 'Double';
    case 'boolean':
      return 'Boolean';
    case 'string':
      return 'String';
    default:
      if (value === null) return 'Null';
      if (Array.isArray(value)) return 'Array';
      if (value instanceof Map) return 'Object';
      return taggedName(value as Tagged);
  }
}

function taggedName(value: Tagged): string {
  switch (value.kind) {
    case 'ref':
      return refName(value);
    case 'unresolved':
      return unresolvedName(value);
    case 'set':
      return 'Set';
    case 'time':
      return 'Time';
    case 'date':
      return 'Date';
    case 'bytes':
      return 'Bytes';
    case 'uuid':
      return 'UUID';
    case 'transactionTime':
      return 'Unresolved Transaction Time';
    case 'lambda':
      return 'Lambda';
    case 'page':
      return 'Page';
    case 'action':
      return 'Action';
    default:
      return 'Object';
  }
}

function refName(value: Ref): string {
  switch (value.collection) {
    case NATIVE.collections:
      return 'Collection Ref';
    case NATIVE.indexes:
      return 'Index Ref';
    case NATIVE.databases:
      return 'Database Ref';
    case NATIVE.keys:
      return 'Key Ref';
    case NATIVE.functions:
      return 'User Function Ref';
    default:
      return 'Ref';
  }
}

const UNRESOLVED: Record<UnresolvedRef['type'], string> = {
  native: 'Collection Ref',
  database: 'Database Ref',
  collection: 'Collection Ref',
  index: 'Index Ref',
  function: 'User Function Ref',
  role: 'Role Ref',
  access_provider: 'Access Provider Ref',
  key: 'Key Ref',
  document: 'Ref',
};
const unresolvedName = (value: UnresolvedRef): string => UNRESOLVED[value.type];

/** Whether FaunaDB's type of the value is a Scalar (Literal.scala's ScalarL). */
export function isScalar(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value) || value instanceof Map) return false;
  switch (value.kind) {
    case 'ref':
    case 'unresolved':
    case 'time':
    case 'date':
    case 'bytes':
    case 'uuid':
    case 'transactionTime':
    case 'action':
      return true;
    default:
      return false;
  }
}
