import { diffArrays } from 'diff';

/** Beyond this many lines that differ, each text is kept whole. */
const LINE_EDITS = 2_000;

/** All lines of `mine`, and between them, where they belong, the lines of `theirs` that it does not have. */
export function keepBoth(mine: string, theirs: string): string {
  if (theirs === '' || mine === theirs) return mine;
  if (mine === '') return theirs;
  const parts = diffArrays(mine.split('\n'), theirs.split('\n'), { maxEditLength: LINE_EDITS });
  return parts ? parts.flatMap(({ value }) => value).join('\n') : `${mine}\n${theirs}`;
}
