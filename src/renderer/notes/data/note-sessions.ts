import type { Outcome } from '../../../shared/failure.ts';
import type { NoteSummary, OpenNote } from '../../../shared/notes/note.ts';
import { NoteSession } from './note-session.ts';

export interface NoteSessionsOptions {
  open: (id: string) => Promise<Outcome<OpenNote>>;
  save: (id: string, update: Uint8Array) => Promise<Outcome<NoteSummary>>;
  onSaved: (summary: NoteSummary) => void;
}

interface Held {
  session: NoteSession;
  /** How many editors show it. */
  holders: number;
}

/** The notes that are open, or closed with edits still on their way: those stay until main has them. */
export class NoteSessions {
  readonly #held = new Map<string, Held>();
  readonly #options: NoteSessionsOptions;
  /** Updates that arrived while the note was being opened. */
  readonly #opening = new Map<string, Uint8Array[]>();

  constructor(options: NoteSessionsOptions) {
    this.#options = options;
  }

  /**
   * Every `open` that succeeds is followed by one `close`. A note that could only be read, and can be edited by now, is
   * asked for again: it may be another document.
   */
  async open(id: string, readOnly = false): Promise<Outcome<NoteSession>> {
    const held = this.#held.get(id);
    if (held && (readOnly || !held.session.readOnly)) return { ok: true, value: this.#hold(id) };
    const early = this.#opening.get(id) ?? [];
    this.#opening.set(id, early);
    const opened = await this.#options.open(id);
    this.#opening.delete(id);
    if (!opened.ok) return opened;
    return { ok: true, value: this.#hold(id, opened.value, early) };
  }

  /** The editor has left this note. */
  async close(id: string): Promise<void> {
    const held = this.#held.get(id);
    if (!held) return;
    held.holders -= 1;
    await held.session.flush();
    this.#release(id, held);
  }

  applyRemote(id: string, update: Uint8Array): void {
    this.#opening.get(id)?.push(update);
    this.#held.get(id)?.session.applyRemote(update);
  }

  async flush(id: string): Promise<void> {
    await this.#held.get(id)?.session.flush();
  }

  async flushAll(): Promise<void> {
    await Promise.all([...this.#held.values()].map(({ session }) => session.flush()));
  }

  get unsaved(): boolean {
    return [...this.#held.values()].some(({ session }) => session.unsaved);
  }

  /** True when an attempt to save has failed and its edits are only in this window. */
  get stuck(): boolean {
    return [...this.#held.values()].some(({ session }) => session.saveState.get().kind === 'failed');
  }

  #hold(id: string, note?: OpenNote, early: Uint8Array[] = []): NoteSession {
    let held = this.#held.get(id);
    if (!held || (note && held.session.readOnly)) {
      if (!note) throw new Error(`note ${id} is not open`);
      const { save, onSaved } = this.#options;
      const session = new NoteSession(note, { save, onSaved: (summary) => this.#afterSave(summary, onSaved) });
      for (const update of early) session.applyRemote(update);
      held = { session, holders: held?.holders ?? 0 };
      this.#held.set(id, held);
    }
    held.holders += 1;
    return held.session;
  }

  #afterSave(summary: NoteSummary, onSaved: (summary: NoteSummary) => void): void {
    onSaved(summary);
    const held = this.#held.get(summary.id);
    if (held) this.#release(summary.id, held);
  }

  #release(id: string, held: Held): void {
    if (held.holders > 0 || held.session.unsaved || this.#held.get(id) !== held) return;
    this.#held.delete(id);
    held.session.destroy();
  }
}
