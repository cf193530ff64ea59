import type { BurrowApi } from '../../../shared/bridge/api.ts';
import type { Failure, Outcome } from '../../../shared/failure.ts';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import { createStore, type Store } from '../../store.ts';
import { NoteSessions } from './note-sessions.ts';

export interface NotesState {
  /** False until the first answer. */
  loaded: boolean;
  notes: readonly NoteSummary[];
  /** Why the list could not be read. */
  failure: Failure | null;
}

type Change = (api: BurrowApi['notes']) => Promise<Outcome<NoteSummary>>;

/** The notes of one account, as the window knows them, and the questions to main that change them. */
export class NotesStore {
  readonly state: Store<NotesState> = createStore<NotesState>({ loaded: false, notes: [], failure: null });
  readonly sessions: NoteSessions;
  readonly #api: BurrowApi;
  readonly #refreshGap: number;
  #refreshing: Promise<void> | undefined;
  #stale = false;
  /** Counts local changes: a list asked for before one of them is out of date when it arrives. */
  #changes = 0;
  #stops: (() => void)[] = [];

  constructor(api: BurrowApi, refreshGap = 250) {
    this.#api = api;
    this.#refreshGap = refreshGap;
    this.sessions = new NoteSessions({
      open: (id) => api.notes.open({ id }),
      save: (id, update) => api.notes.save({ id, update: new Uint8Array(update) }),
      onSaved: (summary) => this.#replace(summary),
    });
  }

  /** Reads the list and follows main's events until `stop`. */
  start(): void {
    this.#stops = [
      this.#api.on('notes.changed', () => void this.refresh()),
      this.#api.on('notes.updated', ({ id, update }) => this.sessions.applyRemote(id, update)),
    ];
    void this.refresh();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  /** Reads the list again. Calls while one is under way are answered by a single further reading. */
  async refresh(): Promise<void> {
    this.#stale = true;
    this.#refreshing ??= this.#readWhileStale().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async create(): Promise<Outcome<NoteSummary>> {
    return this.#change((notes) => notes.create());
  }
  async setPinned(id: string, pinned: boolean): Promise<Outcome<NoteSummary>> {
    return this.#change((notes) => notes.setPinned({ id, pinned }));
  }
  async setTags(id: string, tags: string[]): Promise<Outcome<NoteSummary>> {
    return this.#change((notes) => notes.setTags({ id, tags }));
  }
  async trash(id: string): Promise<Outcome<NoteSummary>> {
    await this.sessions.flush(id);
    return this.#change((notes) => notes.trash({ id }));
  }
  async restore(id: string): Promise<Outcome<NoteSummary>> {
    return this.#change((notes) => notes.restore({ id }));
  }
  async purge(id: string): Promise<Outcome<undefined>> {
    await this.sessions.flush(id);
    const outcome = await this.#api.notes.purge({ id });
    if (outcome.ok) this.#update((notes) => notes.filter((note) => note.id !== id));
    return outcome;
  }

  async #change(change: Change): Promise<Outcome<NoteSummary>> {
    const outcome = await change(this.#api.notes);
    if (outcome.ok) this.#replace(outcome.value);
    return outcome;
  }

  #replace(summary: NoteSummary): void {
    this.#update((notes) =>
      notes.some((note) => note.id === summary.id)
        ? notes.map((note) => (note.id === summary.id ? summary : note))
        : [summary, ...notes],
    );
  }

  #update(change: (notes: readonly NoteSummary[]) => readonly NoteSummary[]): void {
    this.#changes += 1;
    this.state.set((state) => ({ ...state, notes: change(state.notes) }));
  }

  async #readWhileStale(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      const before = this.#changes;
      const outcome = await this.#api.notes.list();
      if (!outcome.ok) this.state.set((state) => ({ ...state, failure: outcome.failure }));
      else if (this.#changes === before) this.state.set({ loaded: true, notes: outcome.value, failure: null });
      else this.#stale = true;
      if (this.#stale) await new Promise((resolve) => setTimeout(resolve, this.#refreshGap));
    }
  }
}
