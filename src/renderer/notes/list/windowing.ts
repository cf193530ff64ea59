export interface Slice {
  /** Index of the first row to draw, and of the one after the last. */
  from: number;
  to: number;
}

/** Which rows of equal height are in view, with some to spare on both sides. */
export function visibleSlice(
  count: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
  spare = 8,
): Slice {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const rows = Math.ceil(viewHeight / rowHeight) + 1;
  const from = Math.max(0, Math.min(first, count - rows) - spare);
  return { from, to: Math.min(count, first + rows + spare) };
}

/** Where to scroll so that the row is wholly in view; the current position when it is already. */
export function scrollToRow(index: number, rowHeight: number, scrollTop: number, viewHeight: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + viewHeight) return top + rowHeight - viewHeight;
  return scrollTop;
}
