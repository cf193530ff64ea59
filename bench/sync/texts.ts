/** Notes as people might write them: about 2 kB, words by Zipf's law, the same every time. */

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ONSETS = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'w', 'st', 'br', 'tr', 'sh'];
const RHYMES = ['a', 'e', 'i', 'o', 'u', 'an', 'en', 'in', 'on', 'ar', 'er', 'or', 'al', 'et', 'is'];
const KINDS = 30_000;

/** The most common word first. A word of higher rank is longer, as in any language. */
export const vocabulary: readonly string[] = Array.from({ length: KINDS }, (_, rank) => {
  const pick = numbers(rank + 1);
  const syllables = rank < 60 ? 1 : rank < 2_000 ? 2 : 3;
  const part = (from: readonly string[]): string => from[Math.floor(pick() * from.length)] ?? '';
  return Array.from({ length: syllables }, () => part(ONSETS) + part(RHYMES)).join('');
});

const reached = ((): Float64Array => {
  const sums = new Float64Array(KINDS);
  let sum = 0;
  for (let rank = 0; rank < KINDS; rank += 1) {
    sum += 1 / (rank + 2.7);
    sums[rank] = sum;
  }
  return sums.map((value) => value / sum);
})();

function wordAt(share: number): string {
  let [low, high] = [0, KINDS - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((reached[middle] ?? 1) < share) low = middle + 1;
    else high = middle;
  }
  return vocabulary[low] ?? '';
}

export interface BenchNote {
  id: string;
  title: string;
  body: string;
  tags: string[];
  /** ms */
  at: number;
}

const BYTES = 2_000;

/** Note `number`, from 0 on. */
export function noteOf(number: number): BenchNote {
  const next = numbers(1_000_003 * (number + 1));
  const words: string[] = [];
  for (let size = 0; size < BYTES; ) {
    // A few hold what is no word, as notes do.
    const word = next() < 0.01 ? `c++ ${Math.floor(next() * 1000)}/${Math.floor(next() * 100)}` : wordAt(next());
    words.push(word);
    size += word.length + 1;
  }
  const title = words.slice(0, 4).join(' ');
  const lines: string[] = [title];
  for (let at = 4; at < words.length; at += 12) lines.push(`${words.slice(at, at + 12).join(' ')}.`);
  // Ids are not made in order: spread over 2^62, and odd numbers times any are all different.
  const id = String(BigInt.asUintN(62, BigInt(number + 1) * 0x9e3779b97f4a7c15n) || 1n);
  const tags = [wordAt(0.3 + next() * 0.3)];
  return { id, title, body: lines.join('\n'), tags, at: Date.UTC(2025, 0, 1) + number * 60_000 };
}
