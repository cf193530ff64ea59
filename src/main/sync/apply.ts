import type { NotesStore } from '../notes/notes-store.ts';
import type { MergeOutcome, RemoteNote } from '../notes/remote/remote-note.ts';
import { chunks } from './chunks.ts';
import type { FaunaGateway, Received } from './gateway.ts';

/** At once inside one transaction; between two the window has its turn. Nearly all notes of a first sync are new ones. */
const CHUNK = 50;
const CHUNK_OF_NEW = 200;
/** Notes whose earlier states are asked for in one question: each may have several. */
const STATES = 5;

/** Where reading has come to: the cursor of pulling (pull.ts), or that of a first sync (first-sync.ts). */
export interface Place {
  cursor?: string | undefined;
  walk?: string | undefined;
}

/** What merging takes of a session. */
export interface Merging {
  readonly notes: NotesStore;
  readonly gateway: FaunaGateway;
  /** Asks with a good token; one that Fauna refuses is forgotten and the question asked once more with another. */
  request<T>(ask: (secret: string) => Promise<T>): Promise<T>;
  /** Lets the window and others have their turn. */
  breathe(): Promise<void>;
}

/**
 * Merges what came, a few at a time so that the window's own saves are not kept waiting; the place is kept with the
 * last. Where another FQL client has left a note without its document, the one it had is asked for first.
 */
export const apply = async (
  session: Merging,
  received: readonly Received[],
  place: Place,
): Promise<Map<string, MergeOutcome>> => {
  const { notes, gateway } = session;
  const outcomes = new Map<string, MergeOutcome>();
  const first = place.walk !== undefined;
  let whole = true;

  const mergeAll = async (all: readonly Received[]): Promise<void> => {
    const parts = chunks(all, first ? CHUNK_OF_NEW : CHUNK);
    for (const [at, part] of (parts.length > 0 ? parts : [[]]).entries()) {
      if (at > 0) await session.breathe();
      const good = part.filter((note): note is RemoteNote => note.kind !== 'malformed');
      const here = whole && at >= parts.length - 1 ? place : {};
      for (const { id, outcome } of first ? notes.sync.applyFirst(good, here) : notes.sync.apply(good, here.cursor)) {
        outcomes.set(id, outcome);
        if (outcome === 'text-only') whole = false;
      }
      for (const note of part) {
        if (note.kind !== 'malformed') continue;
        const { id, ts, why } = note;
        notes.sync.log({ event: 'malformed', level: 'error', note: id, detail: { ts, why } });
      }
    }
  };

  await mergeAll(received);
  if (whole) return outcomes;
  const completed: RemoteNote[] = [];
  const textOnly = received.filter(({ id }) => id !== null && outcomes.get(id) === 'text-only');
  for (const some of chunks(textOnly, STATES)) {
    const ids = some.flatMap(({ id }) => id ?? []);
    const states = await session.request((secret) => gateway.earlierStates(secret, ids));
    for (const [at, note] of some.entries())
      if (note.kind === 'note') completed.push({ ...note, earlier: states[at] ?? [] });
  }
  whole = true;
  await mergeAll(completed);
  return outcomes;
};
