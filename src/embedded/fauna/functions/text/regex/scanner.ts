/** Reads a pattern code point by code point. With the x flag spaces and comments are passed over. */
import { type Flags, NO_FLAGS } from './flags.ts';
import { RegexSyntaxError } from './nodes.ts';

export const END = -1;

const code = (character: string): number => character.codePointAt(0) ?? END;
const SPACE = /[\t-\r ]/;

export class Scanner {
  flags: Flags = NO_FLAGS;
  #at = 0;
  readonly #codes: readonly number[];

  constructor(pattern: string) {
    this.#codes = unquoted([...pattern].map(code));
  }

  get position(): number {
    return this.#at;
  }
  set position(value: number) {
    this.#at = value;
  }

  /** The code point ahead, past spaces and comments. */
  peek(): number {
    if (this.flags.comments) this.#skipComments();
    return this.peekRaw();
  }

  peekRaw(offset = 0): number {
    return this.#codes[this.#at + offset] ?? END;
  }

  read(): number {
    const result = this.peek();
    if (result !== END) this.#at += 1;
    return result;
  }

  readRaw(): number {
    const result = this.peekRaw();
    if (result !== END) this.#at += 1;
    return result;
  }

  /** Whether the next is this character, which is then read. */
  take(character: string): boolean {
    if (this.peek() !== code(character)) return false;
    this.#at += 1;
    return true;
  }

  expect(character: string, message: string): void {
    if (!this.take(character)) throw new RegexSyntaxError(message);
  }

  #skipComments(): void {
    for (;;) {
      const next = this.peekRaw();
      if (next === code('#')) this.#skipLine();
      else if (next === END || !SPACE.test(String.fromCodePoint(next))) return;
      else this.#at += 1;
    }
  }

  #skipLine(): void {
    for (let next = this.peekRaw(); next !== END && !this.#endsLine(next); next = this.peekRaw()) this.#at += 1;
  }

  #endsLine(next: number): boolean {
    if (next === 0x0a) return true;
    return !this.flags.unixLines && (next === 0x0d || next === 0x85 || next === 0x2028 || next === 0x2029);
  }
}

const isAlphanumeric = (value: number): boolean => /[A-Za-z0-9]/.test(String.fromCodePoint(value));

/** `\Q…\E` written out as escapes, as Java does before it reads a pattern. */
function unquoted(codes: readonly number[]): readonly number[] {
  const result: number[] = [];
  let quoted = false;
  for (let at = 0; at < codes.length; at += 1) {
    const value = codes[at] ?? END;
    const next = codes[at + 1];
    if (value === code('\\') && next === code(quoted ? 'E' : 'Q')) {
      quoted = !quoted;
      at += 1;
      if (quoted && isDigit(codes[at + 1])) {
        // A digit right after \Q must not become part of an escape before it: it is written in hexadecimal.
        result.push(code('\\'), code('x'), code('3'), codes[at + 1] ?? END);
        at += 1;
      }
    } else if (quoted && !isAlphanumeric(value)) {
      result.push(code('\\'), value);
    } else {
      result.push(value);
      if (!quoted && value === code('\\') && next !== undefined) {
        result.push(next);
        at += 1;
      }
    }
  }
  return result;
}

const isDigit = (value: number | undefined): boolean => value !== undefined && value >= 0x30 && value <= 0x39;
