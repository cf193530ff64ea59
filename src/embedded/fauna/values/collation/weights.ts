/**
 * What a character weighs in the order of strings, as the bytes that go into keys. Read from the table when it is first
 * asked for; Han characters, whose order takes the most room, when the first of them is.
 */
import { brotliDecompressSync } from 'node:zlib';
import { NUMBERS, UPPER } from './ascii.ts';
import * as table from './table.ts';

/** One for each level, as bytes in latin1; none where a character is ignored. */
export interface Weights {
  readonly primary: string;
  readonly secondary: string;
  readonly tertiary: string;
}

interface Shape {
  /** How many primary weights. */
  readonly primaries: number;
  readonly secondary: string;
  readonly tertiary: string;
  /** Whether the characters of a run have one primary weight after the other. */
  readonly rising: boolean;
}

/** Runs of characters, by code: where each begins, and where its primary weights begin in the list of them all. */
interface Runs {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly shapes: readonly Shape[];
  readonly offsets: Uint32Array;
  readonly primaries: readonly number[];
}

const HANGUL = {
  first: 0xac00,
  end: 0xd7a4,
  leading: 0x1100,
  vowel: 0x1161,
  trailing: 0x11a7,
  vowels: 21,
  trailings: 28,
};
const REPLACEMENT = 0xfffd;
const HIGHEST = 0xffff;

let runs: Runs | undefined;
let han: readonly Uint32Array[] | undefined;

export function weightsOf(code: number): Weights {
  if (code >= HANGUL.first && code < HANGUL.end) return hangul(code - HANGUL.first);
  // A lone surrogate is stored as U+FFFD.
  if (code >= 0xd800 && code < 0xe000) return weightsOf(REPLACEMENT);
  if (code === REPLACEMENT || code === HIGHEST) return single(implicit(code));
  runs ??= readRuns();
  const at = lastStart(runs.starts, code);
  if (at < 0 || code >= (runs.ends[at] ?? 0)) return single(hanPrimary(code) ?? implicit(code));
  const { primaries, secondary, tertiary, rising } = runs.shapes[at] as Shape;
  const offset = runs.offsets[at] ?? 0;
  const rise = rising ? code - (runs.starts[at] ?? 0) : 0;
  const ranks = runs.primaries.slice(offset, offset + primaries);
  return { primary: ranks.map((rank) => primaryBytes(rank + rise)).join(''), secondary, tertiary };
}

const single = (rank: number): Weights => ({
  primary: primaryBytes(rank),
  secondary: secondaryBytes(table.COMMON_SECONDARY),
  tertiary: tertiaryBytes(table.COMMON_TERTIARY),
});

/** What Unicode 15 has not assigned comes after all others, by code; U+FFFD and U+FFFF last. */
const implicit = (code: number): number =>
  table.PRIMARY_COUNT + (code === REPLACEMENT || code === HIGHEST ? 0x11_0000 : 0) + code;

/** Syllables count as their letters. */
function hangul(index: number): Weights {
  const trailing = index % HANGUL.trailings;
  const syllable = (index - trailing) / HANGUL.trailings;
  const letters = [HANGUL.leading + Math.floor(syllable / HANGUL.vowels), HANGUL.vowel + (syllable % HANGUL.vowels)];
  return together((trailing > 0 ? [...letters, HANGUL.trailing + trailing] : letters).map(weightsOf));
}

/** Of characters that come one after the other. */
export function together(all: readonly Weights[]): Weights {
  return {
    primary: all.map(({ primary }) => primary).join(''),
    secondary: all.map(({ secondary }) => secondary).join(''),
    tertiary: all.map(({ tertiary }) => tertiary).join(''),
  };
}

const FIRST_AFTER_ASCII = (table.ASCII_PRIMARIES.at(-1) ?? 0) + 1;
/** How many of the ranks after ASCII's have two bytes. */
const SHORT = 0x3f00;

/**
 * ASCII's: 00 and a number. Between two of ASCII's: the lower one's, and two bytes from 80 on, which nothing else begins
 * with; below them, too, after 00 00. After ASCII's: two bytes, the first from 01 to 3F, or three, the first from 40 on.
 */
function primaryBytes(rank: number): string {
  const after = rank - FIRST_AFTER_ASCII;
  if (after >= SHORT) {
    const rest = after - SHORT;
    return String.fromCharCode(0x40 + (rest >> 16), (rest >> 8) & 0xff, rest & 0xff);
  }
  if (after >= 0) return String.fromCharCode(0x01 + (after >> 8), after & 0xff);
  const lower = lastStart(table.ASCII_PRIMARIES, rank);
  const number = NUMBERS[lower] ?? 0;
  const distance = rank - (table.ASCII_PRIMARIES[lower] ?? -1);
  if (distance === 0) return String.fromCharCode(0, number);
  return String.fromCharCode(0, number, 0x80 | (distance >> 8), distance & 0xff);
}

/** One byte, or two for the rarer ones; from 02 on, so that the end of the level sorts first. */
function secondaryBytes(rank: number): string {
  if (rank < 0x60) return String.fromCharCode(0x02 + rank);
  const rest = rank - 0x60;
  return String.fromCharCode(0x62 + (rest >> 7), 0x80 | (rest & 0x7f));
}

/** Capital letters of ASCII have 03 and what is not capital 02; what lies between continues that. */
function tertiaryBytes(rank: number): string {
  if (rank <= table.COMMON_TERTIARY) return String.fromCharCode(0x01 + rank);
  if (rank < table.UPPER_TERTIARY) return String.fromCharCode(0x02, 0x80 | rank);
  return String.fromCharCode(UPPER + rank - table.UPPER_TERTIARY);
}

/** The last of them that is not above, or -1. */
function lastStart(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const unpacked = (text: string): Buffer => brotliDecompressSync(Buffer.from(text, 'base64'));

/** Seven bits a byte, the lowest first; the highest bit says that there are more. */
function numbers(text: string): number[] {
  const bytes = unpacked(text);
  const result: number[] = [];
  let number = 0;
  let shift = 0;
  // Not `for of`: this is run once, before it is compiled.
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    number |= (byte & 0x7f) << shift;
    shift = byte & 0x80 ? shift + 7 : 0;
    if (shift > 0) continue;
    result.push(number);
    number = 0;
  }
  return result;
}

const signed = (number: number): number => (number & 1 ? -(number + 1) / 2 : number / 2);

function readRuns(): Runs {
  const gaps = numbers(table.GAPS);
  const lengths = numbers(table.LENGTHS);
  const shapeList = unpacked(table.SHAPE_LIST).toString().split('\n').map(readShape);
  const shapes = numbers(table.SHAPES).map((index) => shapeList[index] as Shape);
  const deltas = numbers(table.PRIMARIES);
  const starts = new Uint32Array(gaps.length);
  const ends = new Uint32Array(gaps.length);
  const offsets = new Uint32Array(gaps.length);
  const primaries: number[] = [];
  let code = 0;
  let expected = 0;
  for (let at = 0; at < gaps.length; at += 1) {
    const gap = gaps[at] ?? 0;
    const length = (lengths[at] ?? 0) + 1;
    const shape = shapes[at] as Shape;
    starts[at] = code + gap;
    ends[at] = code + gap + length;
    offsets[at] = primaries.length;
    for (let count = 0; count < shape.primaries; count += 1) {
      const rank = expected + signed(deltas[primaries.length] ?? 0);
      primaries.push(rank);
      expected = rank + 1;
    }
    if (shape.rising) expected += length - 1;
    code += gap + length;
  }
  return { starts, ends, shapes, offsets, primaries };
}

/** `P1.2 3.4+`: elements of a primary, a secondary and a tertiary weight; P is for the primary, which comes apart. */
function readShape(text: string): Shape {
  const elements = [...text.matchAll(/(P?)(\d*)\.(\d*)/g)];
  return {
    primaries: elements.filter(([, primary]) => primary).length,
    secondary: elements.map(([, , rank]) => (rank ? secondaryBytes(Number(rank)) : '')).join(''),
    tertiary: elements.map(([, , , rank]) => (rank ? tertiaryBytes(Number(rank)) : '')).join(''),
    rising: text.endsWith('+'),
  };
}

/** ICU has Han characters by radical and strokes, from all blocks. */
function hanPrimary(code: number): number | undefined {
  const block = lastStart(table.HAN_BLOCKS, code);
  if (block < 0) return undefined;
  han ??= readHan();
  return han[block]?.[code - (table.HAN_BLOCKS[block] ?? 0)] || undefined;
}

/** By block and place in it; 0 where there is none. */
function readHan(): Uint32Array[] {
  const blocks = numbers(table.HAN_RUNS);
  const lengths = numbers(table.HAN_LENGTHS);
  const jumps = numbers(table.HAN_JUMPS);
  const ranks = table.HAN_SIZES.map((size) => new Uint32Array(size));
  const next = table.HAN_BLOCKS.map(() => 0);
  let rank = table.HAN_FIRST;
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at] ?? 0;
    const first = (next[block] ?? 0) + signed(jumps[at] ?? 0);
    const end = first + (lengths[at] ?? 0) + 1;
    const ofBlock = ranks[block] as Uint32Array;
    for (let place = first; place < end; place += 1, rank += 1) ofBlock[place] = rank;
    next[block] = end;
  }
  return ranks;
}
