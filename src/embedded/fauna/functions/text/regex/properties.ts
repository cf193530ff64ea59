/** `\p{…}`: the names Java knows and what they hold. */
import { JAVA_WHITESPACE } from '../whitespace.ts';
import { blockSet } from './blocks.ts';
import { type CharacterTest, matching, UNICODE_SPACE, UNICODE_WORD } from './characters.ts';
import type { Flags } from './flags.ts';
import { RegexSyntaxError } from './nodes.ts';

const GENERAL_CATEGORIES = new Set(
  'Cn Lu Ll Lt Lm Lo Mn Me Mc Nd Nl No Zs Zl Zp Cc Cf Co Cs Pd Ps Pe Pc Po Sm Sc Sk So Pi Pf L M N Z C P S'.split(' '),
);
/** Ignoring case, these three are one. */
const CASED = new Set(['Lu', 'Ll', 'Lt']);

const ASCII: Readonly<Record<string, string>> = {
  L1: String.raw`[\0-\xff]`,
  LC: String.raw`[\p{Lu}\p{Ll}\p{Lt}]`,
  LD: String.raw`[\p{L}\p{Nd}]`,
  all: '[^]',
  ASCII: String.raw`[\0-\x7f]`,
  Alnum: '[A-Za-z0-9]',
  Alpha: '[A-Za-z]',
  Blank: String.raw`[ \t]`,
  Cntrl: String.raw`[\0-\x1f\x7f]`,
  Digit: '[0-9]',
  Graph: '[!-~]',
  Lower: '[a-z]',
  Print: '[ -~]',
  Punct: String.raw`[!-\/:-@\[-\x60\{-~]`,
  Space: String.raw`[\t-\r ]`,
  Upper: '[A-Z]',
  XDigit: '[0-9A-Fa-f]',
};

const ANY_CASE = String.raw`[\p{Lowercase}\p{Uppercase}\p{Lt}]`;
const IDENTIFIER_IGNORABLE = String.raw`[\0-\x08\x0e-\x1b\x7f-\x9f\p{Cf}]`;

const JAVA: Readonly<Record<string, string>> = {
  LowerCase: String.raw`\p{Lowercase}`,
  UpperCase: String.raw`\p{Uppercase}`,
  Alphabetic: String.raw`\p{Alphabetic}`,
  Ideographic: String.raw`\p{Ideographic}`,
  TitleCase: String.raw`\p{Lt}`,
  Digit: String.raw`\p{Nd}`,
  Defined: String.raw`\P{Cn}`,
  Letter: String.raw`\p{L}`,
  LetterOrDigit: String.raw`[\p{L}\p{Nd}]`,
  JavaIdentifierStart: String.raw`[\p{L}\p{Nl}\p{Sc}\p{Pc}]`,
  JavaIdentifierPart: String.raw`[\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mc}\p{Mn}\0-\x08\x0e-\x1b\x7f-\x9f\p{Cf}]`,
  UnicodeIdentifierStart: String.raw`\p{ID_Start}`,
  UnicodeIdentifierPart: String.raw`[\p{ID_Continue}\0-\x08\x0e-\x1b\x7f-\x9f\p{Cf}]`,
  IdentifierIgnorable: IDENTIFIER_IGNORABLE,
  SpaceChar: String.raw`\p{Z}`,
  Whitespace: JAVA_WHITESPACE,
  ISOControl: String.raw`[\0-\x1f\x7f-\x9f]`,
  Mirrored: String.raw`\p{Bidi_Mirrored}`,
};

const BLANK = String.raw`[\p{Zs}\t]`;
const GRAPH = String.raw`[^\p{Z}\p{Cc}\p{Cs}\p{Cn}]`;
const UNICODE: Readonly<Record<string, string>> = {
  ALPHABETIC: String.raw`\p{Alphabetic}`,
  LETTER: String.raw`\p{L}`,
  IDEOGRAPHIC: String.raw`\p{Ideographic}`,
  LOWERCASE: String.raw`\p{Lowercase}`,
  UPPERCASE: String.raw`\p{Uppercase}`,
  TITLECASE: String.raw`\p{Lt}`,
  WHITE_SPACE: UNICODE_SPACE,
  WHITESPACE: UNICODE_SPACE,
  CONTROL: String.raw`\p{Cc}`,
  PUNCTUATION: String.raw`\p{P}`,
  HEX_DIGIT: String.raw`[\p{Nd}\p{Hex_Digit}]`,
  HEXDIGIT: String.raw`[\p{Nd}\p{Hex_Digit}]`,
  ASSIGNED: String.raw`\P{Cn}`,
  NONCHARACTER_CODE_POINT: String.raw`\p{Noncharacter_Code_Point}`,
  NONCHARACTERCODEPOINT: String.raw`\p{Noncharacter_Code_Point}`,
  DIGIT: String.raw`\p{Nd}`,
  ALNUM: String.raw`[\p{Alphabetic}\p{Nd}]`,
  BLANK,
  GRAPH,
  PRINT: String.raw`[^\p{Zl}\p{Zp}\p{Cc}\p{Cs}\p{Cn}]`,
  WORD: UNICODE_WORD,
  JOIN_CONTROL: String.raw`\p{Join_Control}`,
  JOINCONTROL: String.raw`\p{Join_Control}`,
};

/** The POSIX names when the U flag is on. */
const POSIX: Readonly<Record<string, string>> = {
  ALPHA: 'ALPHABETIC',
  LOWER: 'LOWERCASE',
  UPPER: 'UPPERCASE',
  SPACE: 'WHITE_SPACE',
  PUNCT: 'PUNCTUATION',
  XDIGIT: 'HEX_DIGIT',
  ALNUM: 'ALNUM',
  CNTRL: 'CONTROL',
  DIGIT: 'DIGIT',
  BLANK: 'BLANK',
  GRAPH: 'GRAPH',
  PRINT: 'PRINT',
};

const own = (table: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** What the braces hold. Throws RegexSyntaxError on a name Java does not know. */
export function property(text: string, flags: Flags): CharacterTest {
  const set = setOf(text, flags);
  if (set === undefined) throw new RegexSyntaxError(`Unknown character property name {${text}}`);
  return matching(set);
}

function setOf(text: string, flags: Flags): string | undefined {
  const equals = text.indexOf('=');
  if (equals >= 0) return keyed(text.slice(0, equals).toLowerCase(), text.slice(equals + 1), flags);
  if (text.startsWith('In')) return blockSet(text.slice(2));
  if (text.startsWith('Is')) {
    const name = text.slice(2);
    return unicodeSet(name.toUpperCase(), flags) ?? plain(name, flags) ?? script(name);
  }
  const posix = flags.unicodeClasses ? own(POSIX, text.toUpperCase()) : undefined;
  return (posix && unicodeSet(posix, flags)) ?? plain(text, flags);
}

function keyed(key: string, value: string, flags: Flags): string | undefined {
  if (key === 'sc' || key === 'script') return script(value);
  if (key === 'blk' || key === 'block') return blockSet(value);
  return key === 'gc' || key === 'general_category' ? plain(value, flags) : undefined;
}

function unicodeSet(name: string, flags: Flags): string | undefined {
  const cased = name === 'LOWERCASE' || name === 'UPPERCASE' || name === 'TITLECASE';
  return flags.ignoreCase && cased ? ANY_CASE : own(UNICODE, name);
}

function plain(name: string, flags: Flags): string | undefined {
  if (GENERAL_CATEGORIES.has(name)) {
    return flags.ignoreCase && CASED.has(name) ? own(ASCII, 'LC') : `\\p{${name}}`;
  }
  if (flags.ignoreCase && (name === 'Lower' || name === 'Upper')) return own(ASCII, 'Alpha');
  if (name.startsWith('java')) {
    const cased = name === 'javaLowerCase' || name === 'javaUpperCase' || name === 'javaTitleCase';
    return flags.ignoreCase && cased ? ANY_CASE : own(JAVA, name.slice(4));
  }
  return own(ASCII, name);
}

/** JavaScript wants a script's name as Unicode spells it. */
function script(name: string): string | undefined {
  const spelled = name
    .toLowerCase()
    .replace(/(^|_)([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
  const set = `\\p{Script=${spelled === 'Signwriting' ? 'SignWriting' : spelled}}`;
  try {
    matching(set);
    return set;
  } catch {
    return undefined;
  }
}
