import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collationKey } from '../../../../src/embedded/fauna/values/collation/key.ts';
import { compareValues } from '../../../../src/embedded/fauna/values/compare.ts';
import { encodeKey } from '../../../../src/embedded/fauna/values/keys.ts';
import { createRandom } from '../fuzz/random.ts';

const hex = (text: string): string => [...text].map((character) => character.codePointAt(0)?.toString(16)).join(' ');
/** The key without the text that ends it: equal where ICU's order is. */
const levels = (text: string): Buffer => {
  const key = collationKey(text);
  return key.subarray(0, key.length - Buffer.byteLength(text));
};

describe('the keys in the files that are there', () => {
  // When one of these changes, stored index entries are out of order: it takes a new format and a migration.
  it('are these for strings of ASCII, since the first format', () => {
    const keys = createHash('sha256');
    for (let code = 0; code < 0x80; code += 1) keys.update(encodeKey(`a${String.fromCharCode(code)}Z`));
    expect(keys.digest('hex')).toBe('ac1d92b0686f9d4a7737d73e8a3590490a95aa2e3e9ae9d9c92dcf157e45d6e0');
  });

  it('are these for every character that Unicode 15 has', () => {
    const keys = createHash('sha256');
    for (const [first, end] of [
      [0, 0x3_2400],
      [0xe_0000, 0xe_0200],
    ] as const) {
      for (let code = first; code < end; code += 1) keys.update(collationKey(String.fromCodePoint(code)));
    }
    expect(keys.digest('hex')).toBe('aeed110c91fb28bc3866d7caa5531bd6f4d8962093381b1a9a65529c68a6d395');
  });

  it('are the same for ASCII by its own way and by the table', () => {
    const random = createRandom(5, 0);
    for (let count = 0; count < 2000; count += 1) {
      const codes = Array.from({ length: random.below(20) }, () => 1 + random.below(0x7f));
      const text = String.fromCharCode(...codes);
      const raw = [...collationKey(text)].flatMap((byte) => (byte === 0 ? [0, 0xff] : [byte]));
      expect(encodeKey(text).equals(Buffer.from([0x30, ...raw, 0, 0]))).toBe(true);
    }
  });
});

describe('the order of strings', () => {
  // Made by hand and at random, and sorted by ICU4J 72.1 (Collator.getInstance, root locale), each after < or, where
  // that calls it equal to the one before it, =; such by their bytes.
  const vectors = readFileSync(join(import.meta.dirname, 'collation-vectors.txt'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => ({ sign: line[0], text: JSON.parse(line.slice(1)) as string }));

  it('is the one that FaunaDB has from ICU', () => {
    const wrong: string[] = [];
    for (const [at, { sign, text }] of vectors.slice(1).entries()) {
      const before = vectors[at]?.text ?? '';
      const order = Buffer.compare(levels(before), levels(text));
      const found = order < 0 && sign === '<' ? true : order === 0 && sign === '=';
      if (!found || compareValues(before, text) !== -1) wrong.push(`${hex(before)} ${sign} ${hex(text)}`);
    }
    expect(vectors.length).toBeGreaterThan(700);
    expect(wrong).toEqual([]);
  });

  it('is the one of Intl.Collator, but where that is of a later version or normalises', () => {
    const intl = new Intl.Collator('en');
    const random = createRandom(11, 0);
    const blocks = blocksOfCharacters();
    const string = (): string => {
      const [one, other] = [random.pick(blocks), random.pick(blocks)];
      const codes = Array.from({ length: random.below(6) }, () => random.pick(random.below(4) > 0 ? one : other));
      return String.fromCodePoint(...codes).normalize('NFC');
    };
    const differing: string[] = [];
    for (let count = 0; count < 20_000; count += 1) {
      const start = string();
      const [a, b] = [start + string(), start + string()];
      if (Math.sign(intl.compare(a, b)) !== Buffer.compare(levels(a), levels(b)))
        differing.push(`${hex(a)} | ${hex(b)}`);
    }
    // 29 with ICU 78: numbers and marks of some scripts have since moved.
    expect(differing.length, differing.join('\n')).toBeLessThan(60);
  });

  it('has letters and marks where the letter with the mark is, and a lone surrogate where it is stored', () => {
    expect(Buffer.compare(levels('cafe\u0301s'), levels('cafés'))).toBe(0);
    expect(compareValues('cafe\u0301s', 'cafés')).toBe(-1);
    expect(compareValues('\ud800', '\ufffd')).toBe(0);
  });
});

/** What Unicode 15 has, by blocks of 128; of the Han characters and Hangul syllables as many as of others. */
function blocksOfCharacters(): number[][] {
  const unassigned = levels('\u0378');
  const blocks: number[][] = [];
  for (let code = 0; code < 0x1_fc00; code += 1) {
    if (Buffer.compare(levels(String.fromCodePoint(code)), unassigned) >= 0) continue;
    const block = blocks[code >> 7] ?? [];
    blocks[code >> 7] = block;
    block.push(code);
  }
  return blocks.filter((block, at) => block && (at < 0x68 || at > 0x1af || at % 16 === 0));
}
