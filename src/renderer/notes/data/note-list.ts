import type { NoteSummary } from '../../../shared/notes/note.ts';

/** Which notes the list shows. */
export type NoteFilter = { kind: 'all' } | { kind: 'tag'; tag: string } | { kind: 'trash' };

export const sameFilter = (a: NoteFilter, b: NoteFilter): boolean =>
  a.kind === b.kind && (a.kind !== 'tag' || (b.kind === 'tag' && a.tag === b.tag));

/** Pinned first, then the latest edit first; ids settle a tie so that the order never flickers. */
export const inListOrder = (a: NoteSummary, b: NoteSummary): number =>
  Number(b.pinned) - Number(a.pinned) || b.editedAt - a.editedAt || (a.id < b.id ? -1 : 1);

export const matches = (note: NoteSummary, filter: NoteFilter): boolean =>
  filter.kind === 'trash'
    ? note.trashedAt !== null
    : note.trashedAt === null && (filter.kind === 'all' || note.tags.includes(filter.tag));

export interface SearchHit {
  id: string;
  /** Plain text with marks: see `snippetPieces`. */
  snippet: string;
}

/** The list as shown: what was found, in the order of the answer, else everything the filter lets through. */
export function visibleNotes(
  notes: readonly NoteSummary[],
  filter: NoteFilter,
  hits: readonly SearchHit[] | null = null,
): NoteSummary[] {
  if (hits) {
    const byId = new Map(notes.map((note) => [note.id, note]));
    return hits.flatMap(({ id }) => byId.get(id) ?? []).filter((note) => matches(note, filter));
  }
  const shown = notes.filter((note) => matches(note, filter));
  if (filter.kind === 'trash') return shown.sort((a, b) => (b.trashedAt ?? 0) - (a.trashedAt ?? 0));
  return shown.sort(inListOrder);
}

export interface TagCount {
  tag: string;
  count: number;
}

/** The tags of every note outside the trash, by name. */
export function countTags(notes: readonly NoteSummary[]): TagCount[] {
  const counts = new Map<string, number>();
  for (const note of notes) {
    if (note.trashedAt !== null) continue;
    for (const tag of note.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts].map(([tag, count]) => ({ tag, count })).sort((a, b) => a.tag.localeCompare(b.tag));
}

/** The note to go to when `id` leaves the list: the one after it, else the one before. */
export function neighbour(notes: readonly NoteSummary[], id: string): string | null {
  const at = notes.findIndex((note) => note.id === id);
  return at < 0 ? null : ((notes[at + 1] ?? notes[at - 1])?.id ?? null);
}

/** Notes whose last edits the server has not taken, those it refused first. */
export const unsyncedNotes = (notes: readonly NoteSummary[]): NoteSummary[] =>
  notes
    .filter((note) => note.sync !== 'synced')
    .sort((a, b) => Number(b.sync === 'set-aside') - Number(a.sync === 'set-aside') || inListOrder(a, b));
