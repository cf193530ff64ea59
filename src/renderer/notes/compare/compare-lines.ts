import { diffArrays, diffWordsWithSpace } from 'diff';

/** A stretch of a line; `changed` when the other text does not have it. */
export interface Piece {
  text: string;
  changed: boolean;
}
type Difference =
  | { kind: 'same'; text: string }
  /** A line of the first text only, of the second only, or of both but changed: then both sides are there. */
  | { kind: 'changed'; before: Piece[] | null; after: Piece[] | null };
/** `at` counts the rows. */
export type Row = Difference & { at: number };

/** Beyond these, a comparison costs more than it tells. */
const LINE_EDITS = 800;
const WORD_EDITS = 400;

/**
 * Two texts line by line, changed lines beside each other with the words that differ.
 * Null when they differ too much for a comparison to be of use.
 */
export function compareLines(before: string, after: string): Row[] | null {
  const old = before.split('\n');
  const now = after.split('\n');
  const [start, end] = commonEnds(old, now);
  const middle = differences(old.slice(start, old.length - end), now.slice(start, now.length - end));
  if (!middle) return null;
  const rows = [...same(old.slice(0, start)), ...middle, ...same(old.slice(old.length - end))];
  return rows.map((row, at) => ({ ...row, at }));
}

const same = (lines: string[]): Difference[] => lines.map((text) => ({ kind: 'same', text }));

/** How many lines at the start and at the end are the same: most edits leave all but a few alone. */
function commonEnds(old: string[], now: string[]): [number, number] {
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  return [start, end];
}

function differences(old: string[], now: string[]): Difference[] | null {
  if (old.length === 0 || now.length === 0) return pairUp(old, now);
  const changes = diffArrays(old, now, { maxEditLength: LINE_EDITS });
  if (!changes) return null;
  const rows: Difference[] = [];
  for (let at = 0; at < changes.length; at += 1) {
    const change = changes[at];
    if (!change) continue;
    if (!change.added && !change.removed) {
      rows.push(...same(change.value));
      continue;
    }
    const next = changes[at + 1];
    const paired = next && (change.removed ? next.added : next.removed) ? next : undefined;
    if (paired) at += 1;
    const removed = change.removed ? change.value : (paired?.value ?? []);
    const added = change.added ? change.value : (paired?.value ?? []);
    rows.push(...pairUp(removed, added));
  }
  return rows;
}

function pairUp(removed: string[], added: string[]): Difference[] {
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, at): Difference => {
    const before = removed[at];
    const after = added[at];
    if (before !== undefined && after !== undefined) return { kind: 'changed', ...compareWords(before, after) };
    return { kind: 'changed', before: whole(before), after: whole(after) };
  });
}

/** A line that has no counterpart is marked as a line; marking all its words as well would say nothing. */
const whole = (text: string | undefined): Piece[] | null => (text === undefined ? null : [{ text, changed: false }]);

function compareWords(before: string, after: string): { before: Piece[]; after: Piece[] } {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: WORD_EDITS });
  if (!parts) return { before: [{ text: before, changed: true }], after: [{ text: after, changed: true }] };
  const side = (without: 'added' | 'removed') =>
    parts.filter((part) => !part[without]).map((part) => ({ text: part.value, changed: part.added || part.removed }));
  return { before: side('added'), after: side('removed') };
}

export interface Section {
  kind: 'rows' | 'gap';
  from: number;
  rows: Row[];
}

/** Long stretches without a change become gaps, `context` lines away from the next change. */
export function foldUnchanged(rows: Row[], context = 3): Section[] {
  const near = new Uint8Array(rows.length);
  for (const row of rows) {
    if (row.kind === 'changed') near.fill(1, Math.max(0, row.at - context), row.at + context + 1);
  }
  const sections: Section[] = [];
  for (const row of rows) {
    const kind = near[row.at] ? 'rows' : 'gap';
    const last = sections.at(-1);
    if (last?.kind === kind) last.rows.push(row);
    else sections.push({ kind, from: row.at, rows: [row] });
  }
  return sections;
}

/** For each line of a merged text: which of the two sides has that line as it is. */
export function whoseLines(merged: string, mine: string, theirs: string): { at: number; text: string; whose: Whose }[] {
  const ofMine = new Set(mine.split('\n'));
  const ofTheirs = new Set(theirs.split('\n'));
  return merged.split('\n').map((text, at) => {
    const here = ofMine.has(text);
    const there = ofTheirs.has(text);
    return { at, text, whose: here === there ? (here ? 'same' : 'joined') : here ? 'mine' : 'theirs' };
  });
}
export type Whose = 'same' | 'mine' | 'theirs' | 'joined';
