import { describe, expect, it } from 'vitest';
import type { Received } from '../../../src/main/sync/gateway.ts';
import { sizeAfter } from '../../../src/main/sync/page-size.ts';

const notes = (count: number, bytes: number): Received[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ kind: 'note', id: String(at + 1), ts: 1, format: 1, state: null, body: 'x'.repeat(bytes), tags: [] },
    ...{ pinned: false, trashedAt: null, createdAt: 1, editedAt: 1, device: null },
  }));

describe('the size of the next page', () => {
  it.each([
    ['grows fourfold at most', 100, notes(100, 10), 400],
    ['is 500 notes at most', 400, notes(400, 10), 500],
    ['is what weighs 0.7 MB', 500, notes(500, 10_000), 70],
    ['is 20 notes at least', 100, notes(100, 1_000_000), 20],
    ['does not depend on a page with nothing on it', 200, [], 500],
  ])('%s', (_, size, page, next) => {
    expect(sizeAfter(size, page)).toBe(next);
  });

  it('counts the bytes of states as they are sent', () => {
    const heavy = notes(10, 0).map((note) => ({ ...note, state: new Uint8Array(15_000) }) as Received);
    expect(sizeAfter(100, heavy)).toBe(35);
  });
});
