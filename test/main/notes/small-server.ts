import type { NotesStore } from '../../../src/main/notes/notes-store.ts';
import type { Outgoing } from '../../../src/main/notes/remote/outgoing.ts';
import type { MergeOutcome, RemoteNote, RemotePurge, RemoteText } from '../../../src/main/notes/remote/remote-note.ts';

/** What the store expects of a server, and no more: documents with a ts, compare and set, and a list by ts. */
export class SmallServer {
  readonly documents = new Map<string, RemoteNote>();
  /** The states that each document had, the newest first. */
  readonly #states = new Map<string, Uint8Array[]>();
  #ts = 1_767_225_600_000_000;

  /** Writes one note if its ts is the expected one; null when it is not. */
  write(sent: Outgoing): number | null {
    if ((this.documents.get(sent.id)?.ts ?? null) !== sent.baseTs) return null;
    return this.put(sent.kind === 'tombstone' ? { kind: 'purged', id: sent.id } : { format: 1, ...sent });
  }

  /** As another FQL client would: no questions asked. */
  put(note: Omit<RemoteText, 'ts'> | Omit<RemotePurge, 'ts'>): number {
    this.#ts += 1000;
    this.documents.set(note.id, { ...note, ts: this.#ts } as RemoteNote);
    if (note.kind === 'note' && note.state) this.#states.set(note.id, [note.state, ...this.#earlier(note.id)]);
    return this.#ts;
  }

  text(id: string): RemoteText {
    const found = this.documents.get(id);
    if (found?.kind !== 'note') throw new Error(`no note ${id} on the server`);
    return found;
  }

  /** Pushes what waits, merging what was there first, until nothing waits. */
  push(store: NotesStore): void {
    for (let round = 0; round < 10; round++) {
      const batch = store.sync.outgoing({ notes: 100, bytes: 1_000_000 });
      if (batch.length === 0) return;
      for (const sent of batch) {
        const ts = this.write(sent);
        if (ts !== null) store.sync.acknowledge([{ sent, ts }]);
        else this.#apply(store, [this.documents.get(sent.id) as RemoteNote]);
      }
    }
    throw new Error('pushing does not come to an end');
  }

  pull(store: NotesStore): Record<string, MergeOutcome> {
    const all = [...this.documents.values()].sort((a, b) => a.ts - b.ts);
    return this.#apply(store, all, String(all.at(-1)?.ts ?? 0));
  }

  /** As the sync engine does: what has no document is merged once the ones that it had are known. */
  #apply(store: NotesStore, all: readonly RemoteNote[], cursor?: string): Record<string, MergeOutcome> {
    const outcomes = Object.fromEntries(store.sync.apply(all, cursor).map(({ id, outcome }) => [id, outcome]));
    const textOnly = all.filter(({ id }) => outcomes[id] === 'text-only');
    if (textOnly.length === 0) return outcomes;
    const completed = textOnly.map((note) => ({ ...note, earlier: this.#earlier(note.id) }));
    for (const { id, outcome } of store.sync.apply(completed, cursor)) outcomes[id] = outcome;
    return outcomes;
  }

  #earlier(id: string): Uint8Array[] {
    return this.#states.get(id) ?? [];
  }

  /** Everyone pushes and pulls until everyone has everything. */
  settle(...stores: NotesStore[]): void {
    for (let round = 0; round < 2; round++) {
      for (const store of stores) {
        this.push(store);
        this.pull(store);
        this.push(store);
      }
    }
  }
}
