/** A document as an object. */
import { ref, type Value, type Version } from '../../values/value.ts';

/** Its fields as it is answered. */
export const documentFields = (version: Version): [string, Value][] => [
  ['ref', ref(version.scope, version.collection, version.id)],
  ['ts', version.pending ? { kind: 'transactionTime', micros: true } : version.ts],
  ...(version.action === 'delete' ? [['action', 'delete'] as [string, Value]] : []),
  ...version.fields,
];
