import { z } from 'zod';
import { formError } from '../http/errors.ts';
import type { Metadata } from './users.ts';

/** Clerk's limit is 8 kB for each of the three. */
const LARGEST = 8 * 1024;

const isObject = (value: unknown): value is Metadata =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A metadata field of a body: an object, or one written as JSON, as forms have it. */
export const metadataField = z.union([z.string(), z.record(z.string(), z.unknown())]);

export function readMetadata(value: z.infer<typeof metadataField>, param: string): Metadata {
  let metadata: unknown = value;
  if (typeof value === 'string') {
    try {
      metadata = value === '' ? {} : JSON.parse(value);
    } catch {
      metadata = null;
    }
  }
  if (!isObject(metadata)) throw formError('form_param_type_invalid', param, 'Metadata has to be a JSON object.');
  if (JSON.stringify(metadata).length > LARGEST) {
    throw formError('form_param_exceeds_allowed_size', param, 'Metadata may be at most 8 kB.');
  }
  return metadata;
}

/** Clerk's deep merge: objects merge, null removes, anything else replaces. */
export function mergeMetadata(before: Metadata, change: Metadata): Metadata {
  const merged = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(change)) {
    const old = merged.get(key);
    if (value === null) merged.delete(key);
    else merged.set(key, isObject(old) && isObject(value) ? mergeMetadata(old, value) : value);
  }
  return Object.fromEntries(merged);
}
