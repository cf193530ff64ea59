/** What a person typed, taken apart. */
export interface SearchQuery {
  /** A MATCH expression of FTS5 that cannot be malformed, whatever was typed. */
  match: string;
  /** The words to mark in a snippet, folded as the index folds them; the last may be the start of a word. */
  words: string[];
  lastIsPrefix: boolean;
}

/** What the tokenizer `unicode61` takes as parts of words. */
const WORD = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu;
const WORDS_AT_MOST = 16;

/**
 * All words must occur, in any order; what is typed between quotation marks must occur as it is; the last word may be
 * unfinished unless a space follows it. Null when there is no letter or digit to look for: FTS5 must not see that.
 */
export function parseQuery(query: string): SearchQuery | null {
  const terms: string[][] = [];
  for (const [index, part] of query
    .normalize('NFC')
    .split(/["“”„]/u)
    .entries()) {
    const words = part.match(WORD) ?? [];
    // Every other part is inside a pair of quotation marks.
    if (index % 2 === 1 && words.length > 0) terms.push([...words]);
    else terms.push(...words.map((word) => [word]));
  }
  const kept = terms.slice(0, WORDS_AT_MOST);
  if (kept.length === 0) return null;
  const lastIsPrefix = kept.length === terms.length && new RegExp(`${WORD.source}$`, 'u').test(query.normalize('NFC'));
  const match = kept.map((words) => `"${words.join(' ')}"`).join(' AND ') + (lastIsPrefix ? ' *' : '');
  return { match, words: kept.flat().map(fold), lastIsPrefix };
}

/** Case and diacritics away, much as `unicode61 remove_diacritics 2` does. */
export const fold = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export const eachWord = (text: string): RegExpStringIterator<RegExpExecArray> => text.matchAll(WORD);
