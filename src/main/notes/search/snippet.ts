import { eachWord, fold, type SearchQuery } from './query.ts';

/** Around a match in a snippet. */
export const MATCH_START = '\u0002';
export const MATCH_END = '\u0003';

const BEFORE = 40;
const LENGTH = 160;
/** A match further down is not worth the reading: the snippet is the start of the note then. */
const READ_AT_MOST = 64 * 1024;

/** One line of the note around its first match, with every match in it between the two marks. */
export function makeSnippet(body: string, query: SearchQuery): string {
  const text = body.slice(0, READ_AT_MOST);
  let start = 0;
  let end = LENGTH;
  let marked = '';
  let done = 0;
  let found = false;
  for (const match of eachWord(text)) {
    if (found && match.index >= end) break;
    if (!isWanted(fold(match[0]), query)) continue;
    if (!found) {
      found = true;
      start = wordStart(text, match.index - BEFORE);
      end = start + LENGTH;
      done = start;
    }
    marked += `${clean(text.slice(done, match.index))}${MATCH_START}${clean(match[0])}${MATCH_END}`;
    done = match.index + match[0].length;
  }
  if (!found) return clean(text.slice(0, LENGTH)).trim() + (text.length > LENGTH ? '…' : '');
  const rest = done < end ? clean(text.slice(done, wordEnd(text, end))) : '';
  return `${start > 0 ? '…' : ''}${marked}${rest}`.trim() + (end < text.length ? '…' : '');
}

function isWanted(word: string, query: SearchQuery): boolean {
  return query.words.some((wanted, index) =>
    query.lastIsPrefix && index === query.words.length - 1 ? word.startsWith(wanted) : word === wanted,
  );
}

/** One line without control characters: the note itself may hold our marks. */
const clean = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ');

function wordStart(text: string, from: number): number {
  if (from <= 0) return 0;
  const space = text.slice(from, from + BEFORE).search(/\s/);
  return space === -1 ? from : from + space + 1;
}

function wordEnd(text: string, from: number): number {
  const space = text.slice(from, from + BEFORE).search(/\s/);
  return space === -1 ? from : from + space;
}
