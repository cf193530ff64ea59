import type { BurrowApi } from '../../../shared/bridge/api.ts';
import type { Result } from '../../../shared/bridge/operations.ts';
import type { Outcome } from '../../../shared/failure.ts';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import type { Store } from '../../store.ts';
import { NoteSessions } from './note-sessions.ts';
import { type NotesState, Summaries } from './summaries.ts';

type Change = (api: BurrowApi['notes']) => Promise<Outcome<NoteSummary>>;

/** The notes of one account, as the window knows them, and the questions to main that change them. */
export class NotesStore {
  readonly state: Store<NotesState>;
  readonly sessions: NoteSessions;
  readonly #api: BurrowApi;
  readonly #summaries: Summaries;
  #stops: (() => void)[] = [];

  constructor(api: BurrowApi, gap = 50) {
    this.#api = api;
    this.#summaries = new Summaries(api.notes, gap);
    this.state = this.#summaries.state;
    this.sessions = new NoteSessions({
      open: (id) => api.notes.open({ id }),
      save: (id, update) => api.notes.save({ id, update: new Uint8Array(update) }),
      onSaved: (summary) => this.#summaries.replace(summary),
    });
  }

  /** Reads the list and follows main's events until `stop`. */
  start(): void {
    this.#stops = [
      this.#api.on('notes.changed', ({ ids }) => void this.#summaries.readSome(ids)),
      this.#api.on('notes.updated', ({ id, update }) => this.sessions.applyRemote(id, update)),
    ];
    void this.refresh();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  /** Reads the whole list again. */
  refresh(): Promise<void> {
    return this.#summaries.readAll();
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
  /** An earlier text becomes the text of the note, after what is being typed has been saved. */
  async restoreVersion(id: string, version: string): Promise<Outcome<NoteSummary>> {
    await this.sessions.flush(id);
    return this.#change((notes) => notes.restoreVersion({ id, version }));
  }
  async resolveConflict(id: string, keep: 'merged' | 'mine' | 'theirs'): Promise<Outcome<NoteSummary>> {
    await this.sessions.flush(id);
    return this.#change((notes) => notes.resolveConflict({ id, keep }));
  }
  async purge(id: string): Promise<Outcome<undefined>> {
    await this.sessions.flush(id);
    const outcome = await this.#api.notes.purge({ id });
    if (outcome.ok) this.#summaries.remove(id);
    return outcome;
  }

  /** Writes these notes as files where the person says; null when they cancel. */
  async exportMarkdown(ids: string[]): Promise<Outcome<Result<'notes.exportMarkdown'>>> {
    await this.sessions.flushAll();
    return this.#api.notes.exportMarkdown({ ids });
  }

  async #change(change: Change): Promise<Outcome<NoteSummary>> {
    const outcome = await change(this.#api.notes);
    if (outcome.ok) this.#summaries.replace(outcome.value);
    return outcome;
  }
}
