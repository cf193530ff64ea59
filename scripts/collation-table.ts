/**
 * Makes src/embedded/fauna/values/collation/table.ts of what support/CollationWeights.java prints. ICU's weights become
 * their ranks, from 0. To be run only when the order is to be another one: that is a new format of the file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const FILE = join(import.meta.dirname, '..', 'src', 'embedded', 'fauna', 'values', 'collation', 'table.ts');
/** Hangul syllables are reckoned: FIRST to LAST. */
const HANGUL = [0xac00, 0xd7a3] as const;
/** Where the blocks of Han characters begin. */
const HAN_BLOCKS = [0x3400, 0x4e00, 0xfa0e, 0x20000, 0x2a700, 0x2b740, 0x2b820, 0x2ceb0, 0x30000, 0x31350];

const blockOf = (code: number): number => HAN_BLOCKS.findLastIndex((first) => code >= first);

interface Row {
  readonly codes: readonly number[];
  readonly elements: readonly bigint[];
}

const rows: Row[] = readFileSync(0, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [codes = '', , elements = ''] = line.split('\t');
    return {
      codes: codes.split(' ').map((code) => Number.parseInt(code, 16)),
      elements: elements.split(' ').flatMap((element) => (/[^0]/.test(element) ? [BigInt(`0x${element}`)] : [])),
    };
  });

const primary = (element: bigint): number => Number(element >> 32n);
const secondary = (element: bigint): number => Number((element >> 16n) & 0xffffn);
/** Only W's capitals weigh 2000 where other letters' weigh 1C00. It makes no difference, and keys are as they were. */
const W = 0x5600_0000;
/** Without the bits that count only where case is compared apart. */
function tertiary(element: bigint): number {
  const weight = Number(element & 0x3f3fn);
  if (primary(element) !== W || weight < 0x1c00) return weight;
  return weight === 0x1c00 ? 0x1b00 : weight - 0x400;
}

function ranksOf(weight: (element: bigint) => number): Map<number, number> {
  const found = new Set(rows.flatMap(({ elements }) => elements.map(weight)));
  found.delete(0);
  return new Map([...found].sort((a, b) => a - b).map((value, rank) => [value, rank]));
}
const primaries = ranksOf(primary);
const secondaries = ranksOf(secondary);
const tertiaries = ranksOf(tertiary);
const primaryRanks = ({ elements }: Row): number[] =>
  elements.map((element) => primaries.get(primary(element))).filter((rank) => rank !== undefined);

/** One for each element: P if it has a primary weight, the secondary's rank, a dot, the tertiary's. */
const shapeOf = ({ elements }: Row): string =>
  elements
    .map((element) => {
      const accent = secondaries.get(secondary(element)) ?? '';
      return `${primary(element) ? 'P' : ''}${accent}.${tertiaries.get(tertiary(element)) ?? ''}`;
    })
    .join(' ');

/** Small numbers take a byte, others two or three. */
function bytes(numbers: readonly number[]): Uint8Array {
  const result: number[] = [];
  for (const number of numbers) {
    let rest = number;
    for (; rest >= 0x80; rest >>>= 7) result.push((rest & 0x7f) | 0x80);
    result.push(rest);
  }
  return Uint8Array.from(result);
}
const packed = (data: Uint8Array | string): string => brotliCompressSync(data).toString('base64');
const signed = (number: number): number => (number < 0 ? -2 * number - 1 : 2 * number);

/** Characters in a row of one shape, with one primary weight after the other (+), or all with the same ones (empty). */
interface Run {
  readonly first: number;
  readonly shape: string;
  readonly primaries: readonly number[];
  length: number;
  step: '' | '+';
}

function continues(run: Run, code: number, shape: string, ranks: readonly number[]): boolean {
  if (run.first + run.length !== code || run.shape !== shape) return false;
  if (ranks.length !== 1) return ranks.length === 0;
  const distance = (ranks[0] ?? 0) - (run.primaries[0] ?? 0);
  if (distance === run.length && (run.length === 1 || run.step === '+')) return true;
  return distance === 0 && run.step === '';
}

function runsOf(characters: readonly Row[]): Run[] {
  const runs: Run[] = [];
  for (const row of characters) {
    const [first = 0] = row.codes;
    const shape = shapeOf(row);
    const ranks = primaryRanks(row);
    const run = runs.at(-1);
    if (run && continues(run, first, shape, ranks)) {
      if (ranks[0] !== run.primaries[0]) run.step = '+';
      run.length += 1;
    } else runs.push({ first, shape, primaries: ranks, length: 1, step: '' });
  }
  return runs;
}

function packRuns(runs: readonly Run[]): Record<string, string> {
  const shapes = [...new Set(runs.map(({ shape, step }) => shape + step))];
  const gaps: number[] = [];
  const deltas: number[] = [];
  let code = 0;
  let expected = 0;
  for (const run of runs) {
    gaps.push(run.first - code);
    code = run.first + run.length;
    for (const rank of run.primaries) {
      deltas.push(signed(rank - expected));
      expected = rank + 1;
    }
    if (run.step === '+') expected += run.length - 1;
  }
  return {
    GAPS: packed(bytes(gaps)),
    LENGTHS: packed(bytes(runs.map(({ length }) => length - 1))),
    SHAPES: packed(bytes(runs.map(({ shape, step }) => shapes.indexOf(shape + step)))),
    SHAPE_LIST: packed(shapes.join('\n')),
    PRIMARIES: packed(bytes(deltas)),
  };
}

/** In the order of weights: from which block how many come next, and how far they are from that block's last ones. */
function packHan(characters: readonly Row[]): Record<string, string> {
  const next = [...HAN_BLOCKS];
  const sorted = characters.map((row) => ({ code: row.codes[0] ?? 0, rank: primaryRanks(row)[0] ?? 0 }));
  sorted.sort((a, b) => a.rank - b.rank);
  const blocks: number[] = [];
  const lengths: number[] = [];
  const jumps: number[] = [];
  for (let at = 0, length = 1; at < sorted.length; at += length, length = 1) {
    const code = sorted[at]?.code ?? 0;
    while (sorted[at + length]?.code === code + length) length += 1;
    const block = blockOf(code);
    blocks.push(block);
    lengths.push(length - 1);
    jumps.push(signed(code - (next[block] ?? 0)));
    next[block] = code + length;
  }
  return { HAN_RUNS: packed(bytes(blocks)), HAN_LENGTHS: packed(bytes(lengths)), HAN_JUMPS: packed(bytes(jumps)) };
}

const singles = rows.filter(({ codes: [code = 0, more] }) => !more && !(code >= HANGUL[0] && code <= HANGUL[1]));
const isHan = ({ codes }: Row): boolean => /^\p{Unified_Ideograph}$/u.test(String.fromCodePoint(...codes));
const han = singles.filter(isHan);
const hanSizes = HAN_BLOCKS.map((first, block) => {
  const codes = han.flatMap(({ codes: [code = 0] }) => (blockOf(code) === block ? [code] : []));
  return Math.max(...codes) + 1 - first;
});
const hanRanks = han.flatMap(primaryRanks).sort((a, b) => a - b);

const hex = (codes: readonly number[]): string => codes.map((code) => code.toString(16)).join(' ');
const elementsKey = (elements: readonly bigint[]): string => elements.join(' ');
const alone = new Map(singles.map((row) => [elementsKey(row.elements), row.codes]).reverse() as [string, number[]][]);
const elementsOf = new Map(singles.map(({ codes, elements }) => [codes[0], elements]));

/** Sequences that have other weights than their characters, and which characters they are like. */
function contraction({ codes, elements }: Row): string[] {
  const [first, second] = codes;
  const like = (list: readonly (number | undefined)[]): boolean =>
    elementsKey(list.flatMap((code) => elementsOf.get(code) ?? [])) === elementsKey(elements);
  // Some vowels that are written before a consonant count after it: sequences.ts has those.
  if (like(codes) || (codes.length === 2 && like([second, first]))) return [];
  const single = alone.get(elementsKey(elements));
  const last = alone.get(elementsKey(elements.slice(1)));
  const found = single ?? [first, ...(last ?? [])];
  if (!like(found)) throw new Error(`what is ${hex(codes)} like?`);
  return [`${hex(codes)}=${hex(found as number[])}`];
}
const contractions = rows.filter(({ codes }) => codes.length > 1).flatMap(contraction);

const lines = (text: string): string =>
  `\`\n${(text.match(/.{1,118}(?= |$)|.{1,118}/g) ?? []).map((line) => line.trim()).join('\n')}\n\``;
const blob = (text: string): string => `\`\n${(text.match(/.{1,120}/g) ?? []).join('\n')}\n\``;
const ascii = singles.filter(({ codes: [code = 0], elements }) => code < 0x80 && elements.length > 0);
ascii.sort((a, b) => (primaryRanks(a)[0] ?? 0) - (primaryRanks(b)[0] ?? 0));
const asciiRanks = [...new Set(ascii.flatMap(primaryRanks))];
const data = { ...packRuns(runsOf(singles.filter((row) => !isHan(row)))), ...packHan(han) };
const constants = {
  PRIMARY_COUNT: primaries.size,
  HAN_FIRST: hanRanks[0],
  COMMON_SECONDARY: secondaries.get(0x500),
  COMMON_TERTIARY: tertiaries.get(0x500),
  UPPER_TERTIARY: tertiaries.get(0x1c00),
};
writeFileSync(
  FILE,
  `/**
 * The weights of ICU's root collation (ICU 72, as in 73.2, which FaunaDB has; Unicode 15), frozen here: index entries on
 * disk are keyed by them. Made by scripts/collation-table.ts; weights.ts reads it. The order is the one of Unicode's
 * CLDR (unicode.org/license.txt).
 */
${Object.entries(constants)
  .map(([name, value]) => `export const ${name} = ${value};\n`)
  .join('')}/** The ranks of the primary weights that ASCII's characters have, in order. */
export const ASCII_PRIMARIES = [${asciiRanks.join(', ')}];
/** Where the blocks of Han characters begin, and how many there are up to the last. */
export const HAN_BLOCKS = [${HAN_BLOCKS.map((code) => `0x${code.toString(16)}`).join(', ')}];
export const HAN_SIZES = [${hanSizes.join(', ')}];
/** What counts as something else than its characters one by one, in hex. */
export const CONTRACTIONS = ${lines(contractions.join(', '))};
${Object.entries(data)
  .map(([name, value]) => `export const ${name} = ${blob(value)};\n`)
  .join('')}`,
);
if (hanRanks.length !== (hanRanks.at(-1) ?? 0) - (hanRanks[0] ?? 0) + 1) throw new Error('Han is not in a row');
