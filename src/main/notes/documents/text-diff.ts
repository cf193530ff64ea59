import { diffArrays, diffChars } from 'diff';

/** Replace `remove` UTF-16 units at `at` of the old text by `insert`. */
export interface TextChange {
  at: number;
  remove: number;
  insert: string;
}

/** Beyond these, a diff costs more than its neatness is worth: whole lines, or the whole middle, are replaced. */
const LINE_EDITS = 2_000;
const CHARACTER_EDITS = 400;
const CHARACTERS = 4_000;

/**
 * What to change to make `after` of `before`, in order, offsets of the old text. Lines first, then the characters of
 * the lines that differ. Bounded in work and free of time limits: every device finds the same changes for the same
 * texts (documents/fold-in.ts relies on it).
 */
export function textDiff(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const [start, tail] = commonEnds(before, after);
  const oldMiddle = before.slice(start, before.length - tail);
  const newMiddle = after.slice(start, after.length - tail);
  return lineChanges(oldMiddle, newMiddle).map((change) => ({ ...change, at: change.at + start }));
}

function lineChanges(before: string, after: string): TextChange[] {
  const parts = diffArrays(lines(before), lines(after), { maxEditLength: LINE_EDITS });
  if (!parts) return [{ at: 0, remove: before.length, insert: after }];
  return hunks(parts.map((part) => ({ ...part, value: part.value.join('') }))).flatMap(({ at, remove, insert }) =>
    characterChanges(before.slice(at, at + remove), insert).map((change) => ({ ...change, at: change.at + at })),
  );
}

function characterChanges(before: string, after: string): TextChange[] {
  const whole = [{ at: 0, remove: before.length, insert: after }];
  if (before === '' || after === '' || before.length + after.length > CHARACTERS) return whole;
  const parts = diffChars(before, after, { maxEditLength: CHARACTER_EDITS });
  return parts ? hunks(parts) : whole;
}

function hunks(parts: readonly { value: string; added?: boolean; removed?: boolean }[]): TextChange[] {
  const found: TextChange[] = [];
  let at = 0;
  let open: TextChange | null = null;
  for (const part of parts) {
    if (!part.added && !part.removed) {
      at += part.value.length;
      open = null;
      continue;
    }
    if (!open) {
      open = { at, remove: 0, insert: '' };
      found.push(open);
    }
    if (part.added) open.insert += part.value;
    else {
      open.remove += part.value.length;
      at += part.value.length;
    }
  }
  return found;
}

/** Lines with their ends, so that joining them gives the text back. */
const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Lengths of what both texts begin and end with, never splitting a surrogate pair. */
function commonEnds(a: string, b: string): [start: number, tail: number] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  if (start > 0 && isHighSurrogate(a.charCodeAt(start - 1))) start--;
  let tail = 0;
  while (tail < shorter - start && a.charCodeAt(a.length - 1 - tail) === b.charCodeAt(b.length - 1 - tail)) tail++;
  if (tail > 0 && isLowSurrogate(a.charCodeAt(a.length - tail))) tail--;
  return [start, tail];
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;
