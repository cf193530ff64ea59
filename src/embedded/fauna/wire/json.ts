/**
 * Reads a request's JSON into values. JSON.parse will not do: it loses the order of number-like keys, keeps the last
 * of two equal keys (FaunaDB the first), rounds 64-bit integers and cannot tell 1 from 1.0.
 */
import type { FaunaObject, Value } from '../values/value.ts';

/** As deep as FaunaDB's reader goes, and as many digits as it takes (Jackson's defaults). */
const MAX_DEPTH = 1000;
const MAX_NUMBER_LENGTH = 1000;
const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings.
const CONTROL = /[\u0000-\u001f]/;

export class JsonError extends Error {
  override readonly name = 'JsonError';
}
const invalid = (): never => {
  throw new JsonError('Request body is not valid JSON.');
};

interface Reader {
  readonly text: string;
  at: number;
}

/** Throws JsonError with FaunaDB's sentence. */
export function parseJson(text: string): Value {
  const reader: Reader = { text, at: 0 };
  const value = readValue(reader, 0);
  checkRest(reader);
  return value;
}

const ROOT_NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?=[ \n\r\t]|$)/y;
const REST = /[[{"]|(?:true|false|null)(?![\w$])/y;

/** Jackson has looked one token ahead when it is done: that token must be one, and nobody looks at what follows it. */
function checkRest(reader: Reader): void {
  const code = reader.text.charCodeAt(reader.at - 1);
  const isDigit = code >= 0x30 && code <= 0x39;
  const before = reader.at;
  skipSpace(reader);
  if (reader.at >= reader.text.length) return;
  if (isDigit && before === reader.at) invalid();
  for (const token of [REST, ROOT_NUMBER]) {
    token.lastIndex = reader.at;
    if (token.test(reader.text)) return;
  }
  invalid();
}

function skipSpace(reader: Reader): number {
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
    reader.at += 1;
  }
}

function readValue(reader: Reader, depth: number): Value {
  switch (skipSpace(reader)) {
    case 0x7b:
      return readObject(reader, depth);
    case 0x5b:
      return readArray(reader, depth);
    case 0x22:
      return readString(reader);
    case 0x74:
      return readWord(reader, 'true', true);
    case 0x66:
      return readWord(reader, 'false', false);
    case 0x6e:
      return readWord(reader, 'null', null);
    default:
      return readNumber(reader);
  }
}

function readWord(reader: Reader, word: string, value: boolean | null): Value {
  if (!reader.text.startsWith(word, reader.at)) invalid();
  reader.at += word.length;
  return value;
}

function readNumber(reader: Reader): Value {
  NUMBER.lastIndex = reader.at;
  const match = NUMBER.exec(reader.text);
  if (!match) return invalid();
  reader.at += match[0].length;
  if (match[0].length > MAX_NUMBER_LENGTH) return invalid();
  if (match[1] !== undefined || match[2] !== undefined) return Number(match[0]);
  if (match[0].length < 16) return BigInt(Number(match[0]));
  const long = BigInt(match[0]);
  return long < MIN_LONG || long > MAX_LONG ? invalid() : long;
}

function readString(reader: Reader): string {
  const start = reader.at + 1;
  let end = reader.text.indexOf('"', start);
  if (end < 0) return invalid();
  const slice = reader.text.slice(start, end);
  if (!slice.includes('\\')) {
    if (CONTROL.test(slice)) return invalid();
    reader.at = end + 1;
    return slice;
  }
  while (escaped(reader.text, end)) {
    end = reader.text.indexOf('"', end + 1);
    if (end < 0) return invalid();
  }
  reader.at = end + 1;
  try {
    return JSON.parse(reader.text.slice(start - 1, end + 1)) as string;
  } catch {
    return invalid();
  }
}

/** Whether the quote at `at` follows an odd number of backslashes. */
function escaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
  return slashes % 2 === 1;
}

function checkDepth(depth: number): void {
  if (depth >= MAX_DEPTH) throw new JsonError('Request body JSON exceeds nesting limit.');
}

function readArray(reader: Reader, depth: number): Value[] {
  checkDepth(depth);
  const result: Value[] = [];
  reader.at += 1;
  if (skipSpace(reader) === 0x5d) {
    reader.at += 1;
    return result;
  }
  for (;;) {
    result.push(readValue(reader, depth + 1));
    const code = skipSpace(reader);
    reader.at += 1;
    if (code === 0x5d) return result;
    if (code !== 0x2c) invalid();
  }
}

function readObject(reader: Reader, depth: number): FaunaObject {
  checkDepth(depth);
  const result: FaunaObject = new Map();
  reader.at += 1;
  if (skipSpace(reader) === 0x7d) {
    reader.at += 1;
    return result;
  }
  for (;;) {
    if (skipSpace(reader) !== 0x22) invalid();
    const key = readString(reader);
    if (skipSpace(reader) !== 0x3a) invalid();
    reader.at += 1;
    const value = readValue(reader, depth + 1);
    if (!result.has(key)) result.set(key, value);
    const code = skipSpace(reader);
    reader.at += 1;
    if (code === 0x7d) return result;
    if (code !== 0x2c) invalid();
  }
}
