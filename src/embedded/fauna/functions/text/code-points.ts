/** FaunaDB counts characters by code points, where Java and JavaScript count UTF-16 units. */
export function codePointCount(text: string, from = 0, to = text.length): number {
  let count = 0;
  for (let index = from; index < to; count += 1) index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  return count;
}

/** Whether the index is between the two units of one code point. */
export const isWithinPair = (text: string, index: number): boolean =>
  index > 0 && (text.codePointAt(index - 1) ?? 0) > 0xffff;

/** The index so many code points on, or the end. */
export function offsetByCodePoints(text: string, count: number): number {
  let index = 0;
  for (let left = count; left > 0 && index < text.length; left -= 1) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}

/** Where a search starts that is asked to skip `start` characters; one that skips too much starts over. */
export const searchOffset = (text: string, start: bigint | undefined): number =>
  start !== undefined && start > 0n && start < text.length ? offsetByCodePoints(text, Number(start)) : 0;
