/** `[…]`: ranges, shorthands, classes within classes, and `&&`. */
import { type CharacterTest, intersection, not, range, shorthand, single, union } from './characters.ts';
import { escapedCharacter, propertyName } from './escapes.ts';
import { RegexSyntaxError } from './nodes.ts';
import { property } from './properties.ts';
import { END, type Scanner } from './scanner.ts';

const OPEN = 0x5b;
const CLOSE = 0x5d;
const AND = 0x26;
const HYPHEN = 0x2d;
const BACKSLASH = 0x5c;

/** Reads on after the `[`. */
export function characterClass(scanner: Scanner): CharacterTest {
  const negative = scanner.peek() === 0x5e && scanner.take('^');
  const test = members(scanner);
  scanner.expect(']', 'Unclosed character class');
  return negative ? not(test) : test;
}

/**
 * Up to the closing bracket. Single characters below 256 Java keeps in one set of bits, which `&&` adds to what is
 * left of it; after that, the set stays part of the whole and goes on growing.
 */
function members(scanner: Scanner): CharacterTest {
  const bits = new BitSet();
  let whole: CharacterTest | undefined;
  let current: CharacterTest | undefined;
  let pending = false;
  const add = (test: CharacterTest): void => {
    whole = whole ? union(whole, test) : test;
  };
  for (;;) {
    const next = scanner.peek();
    if (next === END) throw new RegexSyntaxError('Unclosed character class');
    if (next === CLOSE && (whole || pending)) break;
    if (next === OPEN) {
      scanner.read();
      current = characterClass(scanner);
      add(current);
    } else if (next === AND && secondAnd(scanner)) {
      const right = rightSide(scanner);
      if (pending) {
        current = whole ? current : bits.test;
        add(bits.test);
        pending = false;
      }
      if (right) current = right;
      if (!whole) {
        if (!right) throw new RegexSyntaxError('Bad class syntax');
        whole = right;
      } else if (current) whole = intersection(whole, current);
    } else {
      const member = item(scanner);
      if (typeof member === 'function') {
        current = member;
        add(member);
      } else if (bits.add(member.code, scanner)) {
        current = undefined;
        pending = true;
      } else {
        current = single(member.code, scanner.flags);
        add(current);
      }
    }
  }
  if (pending) add(bits.test);
  return whole ?? bits.test;
}

/** Reads `&&`; a single one is left alone. */
function secondAnd(scanner: Scanner): boolean {
  const before = scanner.position;
  scanner.read();
  if (scanner.take('&')) return true;
  scanner.position = before;
  return false;
}

function rightSide(scanner: Scanner): CharacterTest | undefined {
  let right: CharacterTest | undefined;
  for (let next = scanner.peek(); next !== CLOSE && next !== AND; next = scanner.peek()) {
    const part = next === OPEN && scanner.take('[') ? characterClass(scanner) : members(scanner);
    right = right ? union(right, part) : part;
  }
  return right;
}

/** A range or a shorthand, or one character by itself. */
function item(scanner: Scanner): CharacterTest | { readonly code: number } {
  const first = classCharacter(scanner, true);
  if (typeof first === 'function') return first;
  if (scanner.peek() !== HYPHEN) return { code: first };
  const after = scanner.peekRaw(1);
  if (after === OPEN || after === CLOSE) return { code: first };
  scanner.read();
  const last = classCharacter(scanner, false);
  if (typeof last === 'function' || last < first) throw new RegexSyntaxError('Illegal character range');
  return range(first, last, scanner.flags);
}

function classCharacter(scanner: Scanner, first: boolean): CharacterTest | number {
  const code = scanner.read();
  if (code === END) throw new RegexSyntaxError('Unclosed character class');
  if (code !== BACKSLASH) return code;
  const letter = scanner.readRaw();
  if (letter === END) throw new RegexSyntaxError('Illegal/unsupported escape sequence');
  const character = String.fromCodePoint(letter);
  if (first && (character === 'p' || character === 'P')) {
    const test = property(propertyName(scanner), scanner.flags);
    return character === 'P' ? not(test) : test;
  }
  // As one end of a range, \v is the one character it was before Java 8.
  if (character === 'v' && (!first || scanner.peekRaw() === HYPHEN)) return 0x0b;
  const test = shorthand(character.toLowerCase(), scanner.flags);
  if (test) return character === character.toLowerCase() ? test : not(test);
  const escaped = escapedCharacter(letter, scanner);
  if (escaped === undefined) throw new RegexSyntaxError('Illegal/unsupported escape sequence');
  return escaped;
}

/** Java's set of single characters. */
class BitSet {
  readonly #tests: CharacterTest[] = [];

  readonly test: CharacterTest = (code) => this.#tests.some((test) => test(code));

  /** False if the character goes elsewhere. */
  add(code: number, { flags }: Scanner): boolean {
    if (code > 0xff) return false;
    this.#tests.push(single(code, flags));
    return true;
  }
}
