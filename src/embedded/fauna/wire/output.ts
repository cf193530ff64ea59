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

/** Whether four bytes all stand for themselves: none is below a space, a quote or a backslash. */
const arePlain = (word: number): boolean =>
  // A byte that is too small borrows into its highest bit; what is 0 after XOR is too small for 1.
  (((word - 0x2020_2020) | ((word ^ 0x2222_2222) - 0x0101_0101) | ((word ^ 0x5c5c_5c5c) - 0x0101_0101)) &
    ~word &
    0x8080_8080) ===
  0;

/** Up to here a loop is faster than a call out of JavaScript. */
const SHORT = 64;

/** What is kept to be written into again. */
const MOST_SPARE = 2;
const LARGEST_SPARE = 2 * 1024 * 1024;

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

export class Output {
  readonly #own: Buffer;
  #buffer: Buffer;
  #view: DataView;
  #length = 0;
  readonly #spare: Buffer[] = [];
  /** The last one that was large tells how much room to make for the next. */
  #expected = 0;

  constructor(room = SMALL) {
    this.#own = Buffer.allocUnsafeSlow(room);
    this.#buffer = this.#own;
    this.#view = viewOf(this.#own);
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

  /** UTF-8 as a JSON string: long ones eight bytes at a time, as far as those stand for themselves. */
  utf8(source: Uint8Array, start: number, end: number): void {
    let at = this.#reserve(end - start + 2);
    this.#buffer[at] = QUOTE;
    at += 1;
    const from = end - start > SHORT ? viewOf(source) : undefined;
    for (let index = start; index < end; ) {
      if (from) {
        const to = this.#view;
        for (; index + 8 <= end; index += 8) {
          const one = from.getInt32(index, true);
          const other = from.getInt32(index + 4, true);
          if (!arePlain(one) || !arePlain(other)) break;
          to.setInt32(at, one, true);
          to.setInt32(at + 4, other, true);
          at += 8;
        }
        if (index === end) break;
      }
      const byte = source[index] ?? 0;
      index += 1;
      if (IS_PLAIN[byte] === 1) {
        this.#buffer[at] = byte;
        at += 1;
        continue;
      }
      this.#length = at;
      this.ascii(ESCAPES[byte] ?? '');
      at = this.#reserve(end - index + 1);
    }
    this.#buffer[at] = QUOTE;
    this.#length = at + 1;
  }

  base64(source: Buffer, start: number, end: number): void {
    const text = source.toString('base64', start, end);
    const at = this.#reserve(text.length);
    this.#buffer.write(text, at, 'latin1');
  }

  /** Puts ASCII in front of what was written from there on. */
  insert(place: number, text: string): void {
    const end = this.#reserve(text.length);
    this.#buffer.copyWithin(place + text.length, place, end);
    this.#buffer.write(text, place, 'latin1');
  }

  /** Memory that was handed on and is not needed there any more: to touch new memory takes longer than to fill it. */
  reuse(memory: ArrayBuffer): void {
    if (this.#spare.length < MOST_SPARE && memory.byteLength <= LARGEST_SPARE) this.#spare.push(Buffer.from(memory));
  }

  /** All that was written, and begins anew. Bytes are in a buffer of their own, which may be handed on. */
  take(): string | Uint8Array<ArrayBuffer> {
    const [buffer, length] = [this.#buffer, this.#length];
    this.#length = 0;
    if (buffer === this.#own) return buffer.toString('utf8', 0, length);
    this.#use(this.#own);
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
    const grown = this.#takeSpare(needed) ?? Buffer.allocUnsafeSlow(room);
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#use(grown);
  }

  #use(buffer: Buffer): void {
    this.#buffer = buffer;
    this.#view = viewOf(buffer);
  }

  #takeSpare(needed: number): Buffer | undefined {
    const place = this.#spare.findIndex(({ length }) => length >= needed);
    return place < 0 ? undefined : this.#spare.splice(place, 1)[0];
  }
}
