/**
 * JSON as the bytes that are sent. A large answer would else be made as a string, counted, handed to the serving thread
 * and turned into bytes there, each time from its beginning to its end.
 */

/** What is no longer than that is answered as a string: a message with a string costs less than one with bytes. */
const SMALL = 16_384;
/** As long as a string can be. */
const MOST = 0x1fff_ffe8;
const QUOTE = 0x22;

/** What a byte below 0x80 is in a string; empty where it is itself. Half a surrogate pair is not among the bytes. */
const ESCAPES = Array.from({ length: 0x80 }, (_, code) => {
  const escaped = JSON.stringify(String.fromCharCode(code)).slice(1, -1);
  return escaped.length > 1 ? escaped : '';
});
const IS_PLAIN = Uint8Array.from({ length: 0x100 }, (_, byte) => (byte < 0x80 && ESCAPES[byte] !== '' ? 0 : 1));

/** Up to here a loop is faster than a call out of JavaScript. */
const SHORT = 64;

export class Output {
  readonly #own: Buffer;
  #buffer: Buffer;
  #length = 0;
  /** The last one that was large tells how much room to make for the next. */
  #expected = 0;

  constructor(room = SMALL) {
    this.#own = Buffer.allocUnsafeSlow(room);
    this.#buffer = this.#own;
  }

  get length(): number {
    return this.#length;
  }

  /** Takes back what was written from there on. */
  cut(length: number): void {
    this.#length = length;
  }

  /** ASCII, as it is. */
  ascii(text: string): void {
    const { length } = text;
    const at = this.#reserve(length);
    if (length > SHORT) this.#buffer.write(text, at, 'latin1');
    else for (let index = 0; index < length; index += 1) this.#buffer[at + index] = text.charCodeAt(index);
  }

  /** Any text, as it is. */
  text(text: string): void {
    const at = this.#reserve(text.length * 3);
    this.#length = at + this.#buffer.write(text, at, 'utf8');
  }

  /** Text as a JSON string. Java writes a question mark for half of a surrogate pair. */
  string(text: string): void {
    if (text.length <= SHORT && this.#plain(text)) return;
    this.text(JSON.stringify(text.isWellFormed() ? text : text.replace(/\p{Surrogate}/gu, '?')));
  }

  /** False, with nothing written, when it is not all ASCII that stands for itself. */
  #plain(text: string): boolean {
    const { length } = text;
    const start = this.#reserve(length + 2);
    const buffer = this.#buffer;
    let at = start;
    buffer[at] = QUOTE;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code >= 0x80 || IS_PLAIN[code] === 0) {
        this.#length = start;
        return false;
      }
      at += 1;
      buffer[at] = code;
    }
    buffer[at + 1] = QUOTE;
    return true;
  }

  /** UTF-8 as a JSON string. */
  utf8(source: Uint8Array, start: number, end: number): void {
    let at = this.#reserve(end - start + 2);
    let buffer = this.#buffer;
    buffer[at] = QUOTE;
    at += 1;
    for (let index = start; index < end; index += 1) {
      const byte = source[index] ?? 0;
      if (IS_PLAIN[byte] === 1) {
        buffer[at] = byte;
        at += 1;
        continue;
      }
      this.#length = at;
      this.ascii(ESCAPES[byte] ?? '');
      at = this.#reserve(end - index);
      buffer = this.#buffer;
    }
    buffer[at] = QUOTE;
    this.#length = at + 1;
  }

  base64({ buffer, byteOffset, byteLength }: Uint8Array): void {
    const text = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
    const at = this.#reserve(text.length);
    this.#buffer.write(text, at, 'latin1');
  }

  /** Puts ASCII in front of what was written from there on. */
  insert(place: number, text: string): void {
    const end = this.#reserve(text.length);
    this.#buffer.copyWithin(place + text.length, place, end);
    this.#buffer.write(text, place, 'latin1');
  }

  /** All that was written, and begins anew. Bytes are in a buffer of their own, which may be handed on. */
  take(): string | Uint8Array<ArrayBuffer> {
    const [buffer, length] = [this.#buffer, this.#length];
    this.#length = 0;
    if (buffer === this.#own) return buffer.toString('utf8', 0, length);
    this.#buffer = this.#own;
    this.#expected = length;
    return buffer.subarray(0, length) as Uint8Array<ArrayBuffer>;
  }

  #reserve(size: number): number {
    const at = this.#length;
    if (at + size > this.#buffer.length) this.#grow(at + size);
    this.#length = at + size;
    return at;
  }

  #grow(needed: number): void {
    if (needed > MOST) throw new RangeError('The answer is too long.');
    const room = Math.min(Math.max(needed, this.#buffer.length * 2, this.#expected + (this.#expected >> 3)), MOST);
    const grown = Buffer.allocUnsafeSlow(room);
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}
