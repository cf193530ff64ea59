import { describe, expect, test } from 'vitest';
import { type Command, paletteItems } from '../../../src/renderer/palette/palette-items.ts';
import { aSummary } from '../notes/data/summaries.ts';

const commands: Command[] = [
  { id: 'new', label: 'New note', also: 'create write', run: () => undefined },
  { id: 'log', label: 'Sync log', run: () => undefined },
  { id: 'now', label: 'Sync now', run: () => undefined },
];
const notes = [
  aSummary({ id: '1', title: 'Walks to repeat', editedAt: 10 }),
  aSummary({ id: '2', title: 'Dune log', editedAt: 30 }),
  aSummary({ id: '3', title: 'Logging the storm', editedAt: 20 }),
  aSummary({ id: '4', title: 'A log thrown away', trashedAt: 5 }),
];
const found = (query: string) => paletteItems(commands, notes, query).map(({ id }) => id);

describe('the command palette', () => {
  test('offers every command and the latest notes before anything is typed', () => {
    expect(found(' ')).toEqual(['command-new', 'command-log', 'command-now', 'note-2', 'note-3', 'note-1']);
  });

  test('finds commands first, then titles, those that start with it before the others, never the trash', () => {
    expect(found('log')).toEqual(['command-log', 'note-3', 'note-2']);
  });

  test('every word must occur, in any order and any case', () => {
    expect(found('LOG dune')).toEqual(['note-2']);
    expect(found('sync log storm')).toEqual([]);
  });

  test('knows commands by other words too', () => {
    expect(found('write')).toEqual(['command-new']);
  });
});
