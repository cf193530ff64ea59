/** A stored document's fields as JSON, from the bytes in the file: most are only passed on, and no value is made of them. */
import { loadRules } from '../documents/rules.ts';
import type { Session } from '../language/context.ts';
import { TYPE } from '../values/codec.ts';
import { type Reader, readerOf, readName, readSize, readValue } from '../values/decode.ts';
import type { Value } from '../values/value.ts';
import type { Output } from './output.ts';

/** What writing takes besides the bytes. */
interface Stored {
  readonly reader: Reader;
  readonly out: Output;
  readonly session: Session;
  /** Writes a value that has no way of its own here; false when it renders as nothing. */
  other(value: Value): boolean;
}

/** The fields of the stored object, each after a comma. */
export function writeStoredFields(bytes: Uint8Array, scope: number, parts: Omit<Stored, 'reader'>): void {
  const reader = readerOf(bytes, loadRules(scope, parts.session.parseLambda));
  reader.at = 1;
  writeFields({ reader, ...parts }, false);
}

/** Answers whether a name among them looks like a tag. */
function writeFields(stored: Stored, first: boolean): boolean {
  const { reader, out } = stored;
  let isFirst = first;
  let hasTag = false;
  for (let count = readSize(reader); count > 0; count -= 1) {
    const before = out.length;
    if (!isFirst) out.ascii(',');
    const name = readName(reader);
    hasTag ||= name.startsWith('@');
    out.string(name);
    out.ascii(':');
    if (writeValue(stored)) isFirst = false;
    else out.cut(before);
  }
  return hasTag;
}

function writeValue(stored: Stored): boolean {
  const { reader, out } = stored;
  const { buffer, at } = reader;
  switch (buffer[at]) {
    case TYPE.string: {
      const [start, end] = payload(reader);
      out.utf8(buffer, start, end);
      return true;
    }
    case TYPE.bytes: {
      const [start, end] = payload(reader);
      out.ascii('{"@bytes":"');
      out.base64(buffer, start, end);
      out.ascii('"}');
      return true;
    }
    case TYPE.object: {
      reader.at = at + 1;
      const before = out.length;
      out.ascii('{');
      const hasTag = writeFields(stored, true);
      out.ascii('}');
      if (hasTag) {
        out.insert(before, '{"@obj":');
        out.ascii('}');
      }
      return true;
    }
    case TYPE.array:
      reader.at = at + 1;
      writeArray(stored);
      return true;
    default:
      return stored.other(readValue(reader));
  }
}

/** From where to where what has a length lies; the reader is then behind it. */
function payload(reader: Reader): readonly [start: number, end: number] {
  reader.at += 1;
  const length = readSize(reader);
  const start = reader.at;
  reader.at = start + length;
  return [start, reader.at];
}

function writeArray(stored: Stored): void {
  const { reader, out, session } = stored;
  out.ascii('[');
  let isFirst = true;
  for (let count = readSize(reader); count > 0; count -= 1) {
    session.spend();
    const before = out.length;
    if (!isFirst) out.ascii(',');
    if (writeValue(stored)) isFirst = false;
    else out.cut(before);
  }
  out.ascii(']');
}
