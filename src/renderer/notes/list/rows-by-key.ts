/** The row that a key goes to from row `at` (-1: none yet); null for every other key. */
export function rowByKey(key: string, at: number, count: number, page: number): number | null {
  const inList = (row: number) => Math.max(0, Math.min(count - 1, row));
  switch (key) {
    case 'ArrowDown':
      return inList(at + 1);
    case 'ArrowUp':
      return inList(at - 1);
    case 'PageDown':
      return inList(at + page);
    case 'PageUp':
      return inList(at - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
