export interface Piece {
  text: string;
  match: boolean;
}

/** A search snippet marks matches between U+0002 and U+0003 (shared/bridge/operations.ts). */
export function snippetPieces(snippet: string): Piece[] {
  const pieces: Piece[] = [];
  for (const [index, part] of snippet.split('\u0002').entries()) {
    const end = index === 0 ? -1 : part.indexOf('\u0003');
    if (end > 0) pieces.push({ text: part.slice(0, end), match: true });
    const rest = part.slice(end + 1).replaceAll('\u0003', '');
    if (rest) pieces.push({ text: rest, match: false });
  }
  return pieces;
}

/** Marks the words of the query where a word of `text` starts with them, whatever the case. */
export function markWords(text: string, query: string): Piece[] {
  const words = query.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return [{ text, match: false }];
  const wanted = new RegExp(`(?<![\\p{L}\\p{N}])(${words.join('|')})`, 'giu');
  return text
    .split(wanted)
    .map((part, index) => ({ text: part, match: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}
