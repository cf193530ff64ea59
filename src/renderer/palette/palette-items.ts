import type { NoteSummary } from '../../shared/notes/note.ts';
import { inListOrder } from '../notes/data/note-list.ts';

export interface Command {
  id: string;
  label: string;
  /** Other words that people look for it by. */
  also?: string;
  keys?: string;
  run: () => void;
}

export type PaletteItem =
  | { kind: 'command'; id: string; command: Command }
  | { kind: 'note'; id: string; note: NoteSummary };

const RECENT = 5;
const MOST = 50;

const words = (text: string) => text.toLocaleLowerCase().split(/\s+/).filter(Boolean);

/** How well a text answers the query: 0 not at all; more when its words start with what was typed, most at its start. */
export function score(text: string, query: readonly string[]): number {
  const plain = text.toLocaleLowerCase();
  let total = 1;
  for (const word of query) {
    if (plain.startsWith(word)) total += 4;
    else if (plain.includes(` ${word}`)) total += 2;
    else if (!plain.includes(word)) return 0;
  }
  return total;
}

/** What the palette offers: everything it can do and the latest notes, or what answers to the query. */
export function paletteItems(
  commands: readonly Command[],
  notes: readonly NoteSummary[],
  query: string,
): PaletteItem[] {
  const wanted = words(query);
  const asCommand = (command: Command): PaletteItem => ({ kind: 'command', id: `command-${command.id}`, command });
  const asNote = (note: NoteSummary): PaletteItem => ({ kind: 'note', id: `note-${note.id}`, note });
  const kept = notes.filter((note) => note.trashedAt === null);
  if (wanted.length === 0) {
    const recent = kept.sort((a, b) => b.editedAt - a.editedAt).slice(0, RECENT);
    return [...commands.map(asCommand), ...recent.map(asNote)];
  }
  const found = best(commands, (command) => score(`${command.label} ${command.also ?? ''}`, wanted));
  const titles = best(kept.sort(inListOrder), (note) => score(note.title, wanted));
  return [...found.map(asCommand), ...titles.slice(0, MOST).map(asNote)];
}

/** Those with a score, the best first; equals keep their order. */
function best<T>(all: readonly T[], rate: (one: T) => number): T[] {
  return all
    .map((one) => ({ one, rating: rate(one) }))
    .filter(({ rating }) => rating > 0)
    .sort((a, b) => b.rating - a.rating)
    .map(({ one }) => one);
}
