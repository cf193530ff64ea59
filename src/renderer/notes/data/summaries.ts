import type { BurrowApi } from '../../../shared/bridge/api.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import { createStore, type Store } from '../../store.ts';

export interface NotesState {
  /** False until the first answer. */
  loaded: boolean;
  notes: readonly NoteSummary[];
  /** Why the list could not be read. */
  failure: Failure | null;
}

/** More changed notes than this are read as a whole list: one answer instead of a long question. */
const MANY = 400;

/**
 * The list of notes, kept current at the price of what changed: the whole list is read once, later only the notes
 * that main names. What this window changed itself is put in place from the answer to the change.
 */
export class Summaries {
  readonly state: Store<NotesState> = createStore<NotesState>({ loaded: false, notes: [], failure: null });
  readonly #api: BurrowApi['notes'];
  readonly #gap: number;
  #wanted: Set<string> | 'all' = new Set();
  /** False when something may have changed that the list does not show: then only the whole list will do. */
  #current = false;
  #reading: Promise<void> | undefined;
  /** Changed here while a question is under way: its answer may be older, so these are asked for again. */
  readonly #changedHere = new Set<string>();

  /** `gap` is how long the names of changed notes are collected before they are read, in ms. */
  constructor(api: BurrowApi['notes'], gap: number) {
    this.#api = api;
    this.#gap = gap;
  }

  /** Reads the whole list. Calls while a reading is under way are answered by a single further one. */
  readAll(): Promise<void> {
    this.#wanted = 'all';
    return this.#read();
  }

  /** Reads these notes again, together with all others that are named within a short time. */
  readSome(ids: readonly string[]): Promise<void> {
    this.#want(ids);
    return this.#read();
  }

  replace(summary: NoteSummary): void {
    this.#changedHere.add(summary.id);
    this.#put(new Map([[summary.id, summary]]));
  }

  remove(id: string): void {
    this.#changedHere.add(id);
    this.#put(new Map([[id, null]]));
  }

  #want(ids: Iterable<string>): void {
    if (this.#wanted === 'all') return;
    for (const id of ids) this.#wanted.add(id);
    if (this.#wanted.size > 0 && (this.#wanted.size > MANY || !this.#current)) this.#wanted = 'all';
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readWhatIsWanted().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readWhatIsWanted(): Promise<void> {
    while (this.#wanted === 'all' || this.#wanted.size > 0) {
      if (this.#wanted !== 'all') await new Promise((resolve) => setTimeout(resolve, this.#gap));
      const wanted = this.#wanted;
      this.#wanted = new Set();
      this.#changedHere.clear();
      const read = wanted === 'all' ? await this.#list() : await this.#some([...wanted]);
      if (read) this.#want(this.#changedHere);
    }
  }

  async #list(): Promise<boolean> {
    const outcome = await this.#api.list();
    if (!outcome.ok) return this.#failed(outcome.failure);
    const here = this.#changedHere;
    const known = this.state.get().notes.filter((note) => here.has(note.id));
    const read = outcome.value.filter((note) => !here.has(note.id));
    this.#current = true;
    this.state.set({ loaded: true, notes: here.size > 0 ? [...known, ...read] : read, failure: null });
    return true;
  }

  async #some(ids: string[]): Promise<boolean> {
    const outcome = await this.#api.summaries({ ids });
    if (!outcome.ok) return this.#failed(outcome.failure);
    const read = new Map<string, NoteSummary | null>(ids.map((id) => [id, null]));
    for (const summary of outcome.value) read.set(summary.id, summary);
    for (const id of this.#changedHere) read.delete(id);
    this.#put(read);
    return true;
  }

  #failed(failure: Failure): false {
    this.#current = false;
    this.state.set((state) => ({ ...state, failure }));
    return false;
  }

  /** Puts notes in place (null: gone). The array stays the same one when nothing differs. */
  #put(read: Map<string, NoteSummary | null>): void {
    let changed = false;
    const fresh = new Map(read);
    const notes = this.state.get().notes.flatMap((note) => {
      const now = fresh.get(note.id);
      if (now === undefined) return note;
      fresh.delete(note.id);
      if (now !== null && sameSummary(note, now)) return note;
      changed = true;
      return now ?? [];
    });
    const added = [...fresh.values()].filter((note) => note !== null);
    if (changed || added.length > 0) this.state.set((state) => ({ ...state, notes: [...added, ...notes] }));
  }
}

function sameSummary(a: NoteSummary, b: NoteSummary): boolean {
  const keys = Object.keys(b) as (keyof NoteSummary)[];
  return keys.every((key) => (key === 'tags' ? a.tags.join('\n') === b.tags.join('\n') : a[key] === b[key]));
}
