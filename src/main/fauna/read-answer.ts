import faunadb from 'faunadb';

/** Of an answer: `{ resource: … }`, in it a page or a list, in it documents, which are read one by one. */
const TAKEN_APART = 3;

/**
 * What a good answer holds, with the driver's values in it, as the driver itself would read it. That makes one text of
 * all the bytes, asks a function about each value and reads base64 letter by letter: seven times as dear for a page of
 * notes, mostly for memory that is new each time. Here no text is longer than a document, and base64 is Node's.
 */
export const readAnswer = (bytes: Buffer): unknown => {
  const answer = new Reader(bytes).read(TAKEN_APART);
  return isFields(answer) ? answer.resource : undefined;
};

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const [QUOTE, COMMA, COLON, BACKSLASH] = [0x22, 0x2c, 0x3a, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const [SPACE, AT] = [0x20, 0x40];

/** Takes the outer levels of a JSON text apart, and leaves what is in them to `JSON.parse`. */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  read(levels: number): unknown {
    const first = this.#peek();
    if (levels > 0 && first === OPEN_LIST) return this.#list(levels - 1);
    if (levels > 0 && first === OPEN_OBJECT && !this.#atValue()) return this.#object(levels - 1);
    const from = this.#at;
    this.#pass();
    return toValues(JSON.parse(this.#bytes.toString('utf8', from, this.#at)));
  }

  #list(levels: number): unknown[] {
    const list: unknown[] = [];
    for (let more = this.#open(CLOSE_LIST); more; more = this.#more(CLOSE_LIST)) list.push(this.read(levels));
    return list;
  }

  #object(levels: number): unknown {
    const entries: [string, unknown][] = [];
    for (let more = this.#open(CLOSE_OBJECT); more; more = this.#more(CLOSE_OBJECT)) {
      const key = String(this.read(0));
      if (this.#peek() !== COLON) throw unreadable();
      this.#at += 1;
      entries.push([key, this.read(levels)]);
    }
    return Object.fromEntries(entries);
  }

  /** Where an object begins: whether it says one of Fauna's values. */
  #atValue(): boolean {
    const begin = this.#at;
    this.#at += 1;
    const is = this.#peek() === QUOTE && this.#bytes[this.#at + 1] === AT;
    this.#at = begin;
    return is;
  }

  /** The next byte that is no space. */
  #peek(): number {
    while ((this.#bytes[this.#at] ?? QUOTE) <= SPACE) this.#at += 1;
    return this.#bytes[this.#at] ?? 0;
  }

  /** Passes what opens a list or an object; false when it is empty. */
  #open(close: number): boolean {
    this.#at += 1;
    if (this.#peek() !== close) return true;
    this.#at += 1;
    return false;
  }

  /** Passes what stands after an element; false when it was the last. */
  #more(close: number): boolean {
    const found = this.#peek();
    this.#at += 1;
    if (found !== close && found !== COMMA) throw unreadable();
    return found === COMMA;
  }

  /** Passes a value, up to what ends it. Whether it is good JSON is for `JSON.parse` to say. */
  #pass(): void {
    const bytes = this.#bytes;
    let at = this.#at;
    for (let depth = 0; at < bytes.length; ) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        at = this.#afterText(at);
        continue;
      }
      if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth += 1;
      else if (depth === 0 && (byte === COMMA || byte === COLON)) break;
      else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        if (depth === 0) break;
        depth -= 1;
      }
      at += 1;
    }
    this.#at = at;
  }

  #afterText(begin: number): number {
    const bytes = this.#bytes;
    for (let end = bytes.indexOf(QUOTE, begin + 1); end !== -1; end = bytes.indexOf(QUOTE, end + 1)) {
      let before = end - 1;
      while (bytes[before] === BACKSLASH) before -= 1;
      // A quote after an odd number of backslashes is one of the text.
      if ((end - before) % 2 === 1) return end + 1;
    }
    throw unreadable();
  }
}

const unreadable = (): SyntaxError => new SyntaxError('Fauna answered what is no JSON');

/** Fauna's values in place of what says them in JSON. Changes what it is given. `plain`: it is an object, whatever its keys. */
function toValues(found: unknown, plain = false): unknown {
  if (!isFields(found)) return found;
  for (const key in found) {
    if (!plain && key.startsWith('@')) return toValue(found);
    const inner = found[key];
    if (isFields(inner)) found[key] = toValues(inner);
  }
  return found;
}

function toValue(found: Fields): unknown {
  const { '@bytes': bytes, '@ref': ref, '@obj': object } = found;
  if (typeof bytes === 'string') return new faunadb.values.Bytes(fromBase64(bytes));
  // So comes what a person has given a key that begins with @; the driver takes it for a value all the same.
  if (isFields(object)) return toValues(object, true);
  if (!isFields(ref) || typeof ref.id !== 'string') return faunadb.parseJSON(JSON.stringify(found));
  const [collection, database] = [toValues(ref.collection), toValues(ref.database)];
  return new faunadb.values.Ref(ref.id, collection as faunadb.values.Ref, database as faunadb.values.Ref);
}

function fromBase64(text: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(text, 'base64');
  return new Uint8Array(buffer, byteOffset, byteLength);
}
