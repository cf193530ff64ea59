/** Values as FaunaDB's storage prints them (IRValue.scala), which shows in one failure's text. */
import { isArray, isObject, isRef, type Value } from './value.ts';

export function irText(value: Value): string {
  if (typeof value === 'string') return `"${value}"`;
  if (isArray(value)) return `[ ${value.map(irText).join(', ')} ]`;
  if (isObject(value)) return `{ ${[...value].map(([key, field]) => `"${key}" : ${irText(field)}`).join(', ')} }`;
  if (value !== null && isRef(value)) return `DocID(SubID(${value.id}), CollectionID(${value.collection}))`;
  return String(value === null || typeof value !== 'object' ? value : value.kind);
}
