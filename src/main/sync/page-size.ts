import type { Received } from './gateway.ts';

/** What a page should weigh: reading one is then some 10 ms of this thread; larger ones only fill the memory. */
const BYTES = 700_000;
const FEWEST = 20;
const MOST = 500;
/** Notes differ: one page of small ones says little about the next. */
const GROWTH = 4;

const weightOf = (note: Received): number =>
  // Base64 makes four bytes of three.
  note.kind === 'note' ? (note.body?.length ?? 0) + ((note.state?.byteLength ?? 0) * 4) / 3 : 0;

/** How many notes to ask for after a page of `size`, by what came on it. */
export const sizeAfter = (size: number, notes: readonly Received[]): number => {
  const weight = notes.reduce((sum, note) => sum + weightOf(note), 0);
  const wanted = weight === 0 ? MOST : Math.floor((notes.length * BYTES) / weight);
  return Math.max(FEWEST, Math.min(wanted, size * GROWTH, MOST));
};
