/** What java.lang.Character.isWhitespace says of: no space that does not break, but the separators of ASCII. */
export const JAVA_WHITESPACE = String.raw`[\t-\r\x1c-\x20\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]`;

const LEADING = new RegExp(`^${JAVA_WHITESPACE}+`, 'u');
const SPACE = new RegExp(`^${JAVA_WHITESPACE}$`, 'u');

export const stripLeading = (text: string): string => text.replace(LEADING, '');

/** Not by a pattern, which would try at every space of the text. */
export function stripTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Java's String.trim: all control characters count as space, and no space beyond ASCII. */
export function trimControls(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return text.slice(start, end);
}
