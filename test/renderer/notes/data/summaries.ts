import type { NoteSummary } from '../../../../src/shared/notes/note.ts';

export const aSummary = (change: Partial<NoteSummary> = {}): NoteSummary => ({
  id: '1',
  title: 'A note',
  preview: '',
  tags: [],
  pinned: false,
  trashedAt: null,
  createdAt: 1_000,
  editedAt: 1_000,
  sync: 'synced',
  conflicted: false,
  readOnly: false,
  ...change,
});
