/** Reads what codec.ts has written: whole, or only what is at a path. */
import { type LoadRules, TYPE } from './codec.ts';
import type { FaunaObject, Value } from './value.ts';

/** A place in stored bytes. */
export interface Reader {
  readonly buffer: Buffer;
  readonly rules: LoadRules;
  at: number;
}

/** The same bytes, with a Buffer's methods. */
export const bufferOf = (bytes: Uint8Array): Buffer =>
  bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const readerOf = (bytes: Uint8Array, rules: LoadRules): Reader => ({ buffer: bufferOf(bytes), rules, at: 0 });

export const decodeValue = (bytes: Uint8Array, rules: LoadRules): Value => readValue(readerOf(bytes, rules));

export const isStoredObject = (bytes: Uint8Array): boolean => bytes[0] === TYPE.object;

/**
 * What is at the path, of which only that is read; with what is left of the path where it comes to something that is no
 * object. Undefined if nothing is there.
 */
export function decodeAt(
  bytes: Uint8Array,
  path: readonly (string | bigint)[],
  rules: LoadRules,
): { readonly value: Value; readonly rest: readonly (string | bigint)[] } | undefined {
  const reader = readerOf(bytes, rules);
  let steps = 0;
  for (const step of path) {
    if (reader.buffer[reader.at] !== TYPE.object) break;
    if (typeof step !== 'string' || !goToField(reader, step)) return undefined;
    steps += 1;
  }
  return { value: readValue(reader), rest: path.slice(steps) };
}

function goToField(reader: Reader, name: string): boolean {
  reader.at += 1;
  for (let count = readSize(reader); count > 0; count -= 1) {
    if (readName(reader) === name) return true;
    if (count > 1) skipValue(reader);
  }
  return false;
}

function skipValue(reader: Reader): void {
  const type = reader.buffer[reader.at];
  reader.at += 1;
  switch (type) {
    case TYPE.null:
    case TYPE.false:
    case TYPE.true:
      return;
    case TYPE.smallLong:
      reader.at += 1;
      return;
    case TYPE.long:
    case TYPE.double:
    case TYPE.date:
      reader.at += 8;
      return;
    case TYPE.string:
    case TYPE.bytes:
    case TYPE.uuid: {
      const length = readSize(reader);
      reader.at += length;
      return;
    }
    case TYPE.array:
      for (let count = readSize(reader); count > 0; count -= 1) skipValue(reader);
      return;
    case TYPE.object:
      for (let count = readSize(reader); count > 0; count -= 1) {
        readName(reader);
        skipValue(reader);
      }
      return;
    default:
      reader.at -= 1;
      readValue(reader);
  }
}

export function readSize(reader: Reader): number {
  let result = 0;
  for (let factor = 1; ; factor *= 0x80) {
    const byte = reader.buffer[reader.at] ?? 0;
    reader.at += 1;
    result += (byte & 0x7f) * factor;
    if (byte < 0x80) return result;
  }
}

function readText(reader: Reader): string {
  const length = readSize(reader);
  const start = reader.at;
  reader.at += length;
  return reader.buffer.toString('utf8', start, reader.at);
}

/** Field names come again and again: the last one of each hash is kept, with its bytes. */
const NAMES = 1024;
const LONGEST_NAME = 32;
const names: ({ readonly bytes: Uint8Array; readonly name: string } | undefined)[] = Array.from({ length: NAMES });

export function readName(reader: Reader): string {
  const { buffer, at } = reader;
  const length = buffer[at] ?? 0;
  if (length > LONGEST_NAME) return readText(reader);
  const start = at + 1;
  const end = start + length;
  reader.at = end;
  let hash = length;
  for (let index = start; index < end; index += 1) hash = (Math.imul(hash, 31) + (buffer[index] ?? 0)) | 0;
  const place = hash & (NAMES - 1);
  const known = names[place];
  if (known && isAt(known.bytes, buffer, start, length)) return known.name;
  const name = buffer.toString('utf8', start, end);
  names[place] = { bytes: Uint8Array.from(buffer.subarray(start, end)), name };
  return name;
}

function isAt(bytes: Uint8Array, buffer: Buffer, start: number, length: number): boolean {
  if (bytes.length !== length) return false;
  for (let index = 0; index < length; index += 1) if (bytes[index] !== buffer[start + index]) return false;
  return true;
}

function readLong(reader: Reader): bigint {
  reader.at += 8;
  return reader.buffer.readBigInt64LE(reader.at - 8);
}

export function readValue(reader: Reader): Value {
  const type = reader.buffer[reader.at];
  reader.at += 1;
  switch (type) {
    case TYPE.null:
      return null;
    case TYPE.false:
      return false;
    case TYPE.true:
      return true;
    case TYPE.long:
      return readLong(reader);
    case TYPE.smallLong:
      reader.at += 1;
      return BigInt(reader.buffer[reader.at - 1] ?? 0);
    case TYPE.double:
      reader.at += 8;
      return reader.buffer.readDoubleLE(reader.at - 8);
    case TYPE.string:
      return readText(reader);
    case TYPE.array: {
      const values: Value[] = [];
      for (let count = readSize(reader); count > 0; count -= 1) values.push(readValue(reader));
      return values;
    }
    case TYPE.object:
      return readObject(reader);
    case TYPE.ref: {
      const collection = readSize(reader);
      return { kind: 'ref', scope: reader.rules.scope, collection, id: readLong(reader) };
    }
    case TYPE.time: {
      const seconds = readLong(reader);
      return { kind: 'time', seconds, nanos: readSize(reader) };
    }
    case TYPE.date:
      return { kind: 'date', days: Number(readLong(reader)) };
    case TYPE.bytes: {
      const length = readSize(reader);
      reader.at += length;
      // Where they were read to: values do not change.
      return { kind: 'bytes', bytes: reader.buffer.subarray(reader.at - length, reader.at) };
    }
    case TYPE.uuid:
      return { kind: 'uuid', uuid: readText(reader) };
    case TYPE.lambda: {
      const apiVersion = readText(reader);
      return reader.rules.lambda(readValue(reader), apiVersion);
    }
    default:
      throw new Error(`unknown stored type ${type}`);
  }
}

function readObject(reader: Reader): FaunaObject {
  const result: FaunaObject = new Map();
  for (let count = readSize(reader); count > 0; count -= 1) {
    const name = readName(reader);
    result.set(name, readValue(reader));
  }
  return result;
}
