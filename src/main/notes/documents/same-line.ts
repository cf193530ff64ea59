import { diffArrays } from 'diff';

/** Beyond this many changed lines, the whole text counts as changed. */
const LINE_EDITS = 2_000;

/**
 * True when both texts replaced or removed the same line of the text they came from. Lines that were only added next to
 * each other are no conflict: a merge keeps both whole.
 */
export function sameLineChanged(base: string, mine: string, theirs: string): boolean {
  const lines = base.split('\n');
  const changedHere = changedLines(lines, mine.split('\n'));
  const changedThere = changedLines(lines, theirs.split('\n'));
  for (const line of changedHere) if (changedThere.has(line)) return true;
  return false;
}

function changedLines(base: string[], text: string[]): Set<number> {
  const changed = new Set<number>();
  const parts = diffArrays(base, text, { maxEditLength: LINE_EDITS });
  if (!parts) return new Set(base.keys());
  let at = 0;
  for (const part of parts) {
    if (part.added) continue;
    if (part.removed) for (let i = 0; i < part.count; i++) changed.add(at + i);
    at += part.count;
  }
  return changed;
}
