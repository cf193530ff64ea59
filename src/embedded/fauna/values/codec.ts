/** Fields as they are stored: one byte of type, then the payload. Part of the on-disk format; only ever add types. decode.ts reads them. */
import type { Tagged, Value } from './value.ts';

export const TYPE = {
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

/** Room to write in until it is known how much it takes; missing while it is in use. */
let scratch: Buffer | undefined;
/** Names are mostly so short and of ASCII: they are written without a call of Node's, which takes longer. */
const SHORT = 32;
const MOST_SCRATCH = 1024 * 1024;

class Writer {
  #buffer = scratch ?? Buffer.allocUnsafeSlow(8192);
  #length = 0;

  constructor() {
    scratch = undefined;
  }

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
    if (value.length <= SHORT && this.#shortText(value)) return;
    const length = Buffer.byteLength(value);
    this.size(length);
    const at = this.#reserve(length);
    this.#buffer.write(value, at, 'utf8');
  }
  /** Nothing was written where it is false. */
  #shortText(value: string): boolean {
    const { length } = value;
    const start = this.#reserve(length + 1);
    const buffer = this.#buffer;
    buffer[start] = length;
    for (let index = 0; index < length; index += 1) {
      const code = value.charCodeAt(index);
      if (code >= 0x80) {
        this.#length = start;
        return false;
      }
      buffer[start + 1 + index] = code;
    }
    return true;
  }
  raw(value: Uint8Array): void {
    this.size(value.length);
    const at = this.#reserve(value.length);
    this.#buffer.set(value, at);
  }
  finish(): Buffer {
    if (this.#buffer.length <= MOST_SCRATCH) scratch = this.#buffer;
    return Buffer.from(this.#buffer.subarray(0, this.#length));
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
