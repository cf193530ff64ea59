/** Fields as they are stored: one byte of type, then the payload. Part of the on-disk format; only ever add types. */
import type { FaunaObject, Tagged, Value } from './value.ts';

const TYPE = {
  null: 0,
  false: 1,
  true: 2,
  long: 3,
  double: 4,
  string: 5,
  array: 6,
  object: 7,
  ref: 8,
  time: 9,
  date: 10,
  bytes: 11,
  uuid: 12,
  lambda: 13,
  smallLong: 14,
} as const;

/** What storing a value needs of the rest: sets become objects, the transaction's time a time. */
export interface StoreRules {
  /** Anything a document cannot hold as it is. */
  asStored(value: Tagged): Value;
  lambdaLiteral(value: Tagged & { kind: 'lambda' }): Value;
}
/** What reading needs: refs get their scope back, lambdas are parsed when called. */
export interface LoadRules {
  readonly scope: number;
  lambda(literal: Value, apiVersion: string): Value;
}

class Writer {
  #buffer = Buffer.allocUnsafe(256);
  #length = 0;

  #reserve(size: number): number {
    const at = this.#length;
    if (at + size > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, at + size));
      this.#buffer.copy(grown, 0, 0, at);
      this.#buffer = grown;
    }
    this.#length += size;
    return at;
  }
  byte(value: number): void {
    const at = this.#reserve(1);
    this.#buffer[at] = value;
  }
  size(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }
  long(value: bigint): void {
    const at = this.#reserve(8);
    this.#buffer.writeBigInt64LE(BigInt.asIntN(64, value), at);
  }
  double(value: number): void {
    const at = this.#reserve(8);
    this.#buffer.writeDoubleLE(value, at);
  }
  text(value: string): void {
    const length = Buffer.byteLength(value);
    this.size(length);
    const at = this.#reserve(length);
    this.#buffer.write(value, at, 'utf8');
  }
  raw(value: Uint8Array): void {
    this.size(value.length);
    const at = this.#reserve(value.length);
    this.#buffer.set(value, at);
  }
  finish(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }
}

export function encodeValue(value: Value, rules: StoreRules): Buffer {
  const writer = new Writer();
  writeValue(value, writer, rules);
  return writer.finish();
}

function writeValue(value: Value, writer: Writer, rules: StoreRules): void {
  switch (typeof value) {
    case 'string':
      writer.byte(TYPE.string);
      writer.text(value);
      return;
    case 'bigint':
      if (value >= 0n && value < 0x80n) {
        writer.byte(TYPE.smallLong);
        writer.byte(Number(value));
        return;
      }
      writer.byte(TYPE.long);
      writer.long(value);
      return;
    case 'number':
      writer.byte(TYPE.double);
      writer.double(value);
      return;
    case 'boolean':
      writer.byte(value ? TYPE.true : TYPE.false);
      return;
    default:
      if (value === null) {
        writer.byte(TYPE.null);
        return;
      }
      if (Array.isArray(value)) {
        writer.byte(TYPE.array);
        writer.size(value.length);
        for (const element of value) writeValue(element, writer, rules);
        return;
      }
      if (value instanceof Map) {
        writer.byte(TYPE.object);
        writer.size(value.size);
        for (const [name, field] of value) {
          writer.text(name);
          writeValue(field, writer, rules);
        }
        return;
      }
      writeTagged(value, writer, rules);
      return;
  }
}

function writeTagged(value: Tagged, writer: Writer, rules: StoreRules): void {
  switch (value.kind) {
    case 'ref':
      writer.byte(TYPE.ref);
      writer.size(value.collection);
      writer.long(value.id);
      return;
    case 'time':
      writer.byte(TYPE.time);
      writer.long(value.seconds);
      writer.size(value.nanos);
      return;
    case 'date':
      writer.byte(TYPE.date);
      writer.long(BigInt(value.days));
      return;
    case 'bytes':
      writer.byte(TYPE.bytes);
      writer.raw(value.bytes);
      return;
    case 'uuid':
      writer.byte(TYPE.uuid);
      writer.text(value.uuid);
      return;
    case 'lambda':
      writer.byte(TYPE.lambda);
      writer.text(value.apiVersion);
      writeValue(rules.lambdaLiteral(value), writer, rules);
      return;
    default:
      writeValue(rules.asStored(value), writer, rules);
      return;
  }
}

interface Reader {
  readonly buffer: Buffer;
  readonly rules: LoadRules;
  at: number;
}

export function decodeValue(bytes: Uint8Array, rules: LoadRules): Value {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readValue({ buffer, rules, at: 0 });
}

function readSize(reader: Reader): number {
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

function readName(reader: Reader): string {
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

function readValue(reader: Reader): Value {
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
    case TYPE.array:
      return Array.from({ length: readSize(reader) }, () => readValue(reader));
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
