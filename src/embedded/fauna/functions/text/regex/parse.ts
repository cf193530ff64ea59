/**
 * Reads a pattern of java.util.regex, which is what FaunaDB's patterns are. What Java refuses is refused, and what it
 * takes that JavaScript would not (possessive repeats, `&&` in classes, `\Q…\E`, flags within) is read as it reads it.
 */
import { characterClass } from './character-class.ts';
import { anyCharacter, foldOf, not, shorthand, single } from './characters.ts';
import { escapedCharacter, groupName, propertyName } from './escapes.ts';
import { withFlag } from './flags.ts';
import { lookBehindRange } from './measure.ts';
import { EMPTY, ENDLESS, type Greed, type RegexNode, RegexSyntaxError } from './nodes.ts';
import { graphemeEdge, lineEnd, lineStart, placeEscape } from './places.ts';
import { property } from './properties.ts';
import { END, Scanner } from './scanner.ts';

export interface ParsedRegex {
  readonly node: RegexNode;
  /** How many capturing groups there are. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

/** Throws RegexSyntaxError. */
export function parseRegex(pattern: string): ParsedRegex {
  const parser: Parser = { scanner: new Scanner(pattern), groups: 0, names: new Map() };
  const node = choice(parser);
  if (parser.scanner.peek() !== END) throw new RegexSyntaxError("Unmatched closing ')'");
  return { node, groups: parser.groups, names: parser.names };
}

interface Parser {
  readonly scanner: Scanner;
  groups: number;
  readonly names: Map<string, number>;
}

const illegalEscape = (): RegexSyntaxError => new RegexSyntaxError('Illegal/unsupported escape sequence');
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

function choice(parser: Parser): RegexNode {
  const nodes = [sequence(parser)];
  while (parser.scanner.take('|')) nodes.push(sequence(parser));
  return nodes.length === 1 ? (nodes[0] ?? EMPTY) : { type: 'choice', nodes };
}

function sequence(parser: Parser): RegexNode {
  const nodes: RegexNode[] = [];
  for (let next = parser.scanner.peek(); ; next = parser.scanner.peek()) {
    const character = next === END ? '' : String.fromCodePoint(next);
    if (character === '' || character === '|' || character === ')') break;
    const node = atom(parser, character);
    if (node) nodes.push(repeated(parser.scanner, node));
  }
  return nodes.length === 1 ? (nodes[0] ?? EMPTY) : { type: 'sequence', nodes };
}

/** Undefined for flags, which are no part of the tree. */
function atom(parser: Parser, character: string): RegexNode | undefined {
  const { scanner } = parser;
  // A brace where there is nothing to repeat repeats nothing.
  if (character === '{') return EMPTY;
  const code = scanner.read();
  switch (character) {
    case '(':
      return group(parser);
    case '[':
      return { type: 'character', test: characterClass(scanner) };
    case '\\':
      return escaped(parser);
    case '^':
      return { type: 'place', test: lineStart(scanner.flags) };
    case '$':
      return { type: 'place', test: lineEnd(scanner.flags) };
    case '.':
      return { type: 'character', test: anyCharacter(scanner.flags) };
    case '?':
    case '*':
    case '+':
      throw new RegexSyntaxError(`Dangling meta character '${character}'`);
    default:
      return { type: 'character', test: single(code, scanner.flags) };
  }
}

function escaped(parser: Parser): RegexNode {
  const { scanner } = parser;
  const code = scanner.readRaw();
  if (code === END) throw illegalEscape();
  const letter = String.fromCodePoint(code);
  if (code >= 0x31 && code <= 0x39) return numberedReference(parser, code - 0x30);
  if (letter === 'k') return namedReference(parser);
  if (letter === 'R') return LINE_BREAK;
  if (letter === 'X') return { type: 'grapheme' };
  if (letter === 'p' || letter === 'P') {
    const test = property(propertyName(scanner), scanner.flags);
    return { type: 'character', test: letter === 'P' ? not(test) : test };
  }
  if (letter === 'b' && scanner.peek() === 0x7b && scanner.peekRaw(1) === 0x67) {
    scanner.position += 2;
    if (!scanner.take('}')) throw illegalEscape();
    return { type: 'place', test: graphemeEdge };
  }
  const place = placeEscape(letter, scanner.flags);
  if (place) return { type: 'place', test: place };
  const small = letter.toLowerCase();
  const set = shorthand(small, scanner.flags);
  if (set) return { type: 'character', test: letter === small ? set : not(set) };
  const character = escapedCharacter(code, scanner);
  if (character === undefined) throw illegalEscape();
  return { type: 'character', test: single(character, scanner.flags) };
}

const oneOf = (...codes: number[]): RegexNode => ({ type: 'character', test: (code) => codes.includes(code) });

const LINE_BREAK: RegexNode = {
  type: 'choice',
  nodes: [{ type: 'sequence', nodes: [oneOf(0x0d), oneOf(0x0a)] }, oneOf(0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029)],
};

/** Once it is repeated, a line break of two characters is no longer taken apart. */
const undivided = (node: RegexNode): RegexNode =>
  node === LINE_BREAK || (node.type === 'group' && node.node === LINE_BREAK) ? { type: 'atomic', node } : node;

/** Further digits belong to the number as long as there is such a group already. */
function numberedReference(parser: Parser, first: number): RegexNode {
  const { scanner } = parser;
  let index = first;
  for (let next = scanner.peek(); isDigit(next); next = scanner.peek()) {
    const longer = index * 10 + next - 0x30;
    if (longer > parser.groups) break;
    index = longer;
    scanner.read();
  }
  return { type: 'reference', index, fold: foldOf(scanner.flags) };
}

function namedReference(parser: Parser): RegexNode {
  const { scanner, names } = parser;
  scanner.expect('<', "\\k is not followed by '<' for named capturing group");
  const name = groupName(scanner);
  const index = names.get(name);
  if (index === undefined) throw new RegexSyntaxError(`named capturing group <${name}> does not exist`);
  return { type: 'reference', index, fold: foldOf(scanner.flags) };
}

function group(parser: Parser): RegexNode | undefined {
  const { scanner } = parser;
  const flags = scanner.flags;
  if (scanner.peek() !== 0x3f) {
    const index = openGroup(parser);
    return closed(parser, flags, { type: 'group', index, node: choice(parser) });
  }
  scanner.read();
  const kind = scanner.readRaw();
  switch (kind === END ? '' : String.fromCodePoint(kind)) {
    case ':':
      return closed(parser, flags, { type: 'group', node: choice(parser) });
    case '=':
      return closed(parser, flags, { type: 'look', node: choice(parser), negative: false });
    case '!':
      return closed(parser, flags, { type: 'look', node: choice(parser), negative: true });
    case '>':
      return closed(parser, flags, { type: 'atomic', node: choice(parser) });
    case '<':
      return closed(parser, flags, angled(parser));
    default:
      scanner.position -= kind === END ? 0 : 1;
      return inlineFlags(parser) ? undefined : closed(parser, flags, { type: 'group', node: choice(parser) });
  }
}

function closed(parser: Parser, flags: Scanner['flags'], node: RegexNode): RegexNode {
  parser.scanner.expect(')', 'Unclosed group');
  parser.scanner.flags = flags;
  return node;
}

const openGroup = (parser: Parser): number => {
  parser.groups += 1;
  return parser.groups;
};

/** `(?<=`, `(?<!` or `(?<name>`. */
function angled(parser: Parser): RegexNode {
  const { scanner, names } = parser;
  const negative = scanner.peek() === 0x21;
  if (negative || scanner.peek() === 0x3d) {
    scanner.read();
    const node = choice(parser);
    return { type: 'look', node, negative, behind: lookBehindRange(node) };
  }
  const name = groupName(scanner);
  if (names.has(name)) throw new RegexSyntaxError(`Named capturing group <${name}> is already defined`);
  const index = openGroup(parser);
  names.set(name, index);
  return { type: 'group', index, node: choice(parser) };
}

/** `(?i)` and `(?i-s:`. True if they stand by themselves and go on to the end of the group around them. */
function inlineFlags({ scanner }: Parser): boolean {
  let on = true;
  for (;;) {
    const next = scanner.read();
    const letter = next === END ? '' : String.fromCodePoint(next);
    if (letter === ')') return true;
    if (letter === ':') return false;
    const changed = letter === '-' && on ? scanner.flags : withFlag(scanner.flags, letter, on);
    if (!changed) throw new RegexSyntaxError('Unknown inline modifier');
    if (letter === '-') on = false;
    scanner.flags = changed;
  }
}

function repeated(scanner: Scanner, node: RegexNode): RegexNode {
  const times = bounds(scanner);
  if (!times) return node;
  let greed: Greed = 'greedy';
  if (scanner.take('?')) greed = 'lazy';
  else if (scanner.take('+')) greed = 'possessive';
  return { type: 'repeat', node: undivided(node), min: times[0], max: times[1], greed };
}

function bounds(scanner: Scanner): readonly [number, number] | undefined {
  if (scanner.take('?')) return [0, 1];
  if (scanner.take('*')) return [0, ENDLESS];
  if (scanner.take('+')) return [1, ENDLESS];
  if (scanner.peek() !== 0x7b) return undefined;
  scanner.read();
  if (!isDigit(scanner.peekRaw())) throw new RegexSyntaxError('Illegal repetition');
  const min = count(scanner);
  let max = min;
  if (scanner.take(',')) max = scanner.peek() === 0x7d ? ENDLESS : count(scanner);
  scanner.expect('}', 'Unclosed counted closure');
  if (max < min || max > ENDLESS) throw new RegexSyntaxError('Illegal repetition range');
  return [min, max];
}

function count(scanner: Scanner): number {
  let value = 0;
  while (isDigit(scanner.peek())) value = value * 10 + scanner.read() - 0x30;
  return value;
}
