import * as Y from 'yjs';
import type { Failure, Outcome } from '../../../shared/failure.ts';
import { NOTE_BODY } from '../../../shared/notes/limits.ts';
import type { NoteSummary, OpenNote } from '../../../shared/notes/note.ts';
import { createStore, type Store } from '../../store.ts';

/** Where the edits of an open note are. `saved` is said only after main's answer. */
export type SaveState = { kind: 'saved' } | { kind: 'saving' } | { kind: 'failed'; failure: Failure };

export interface NoteSessionOptions {
  save: (id: string, update: Uint8Array) => Promise<Outcome<NoteSummary>>;
  onSaved: (summary: NoteSummary) => void;
  /** How long typing must rest before it is sent, in ms. */
  delay?: number;
  /** How long typing without a rest may go on before it is sent, in ms. */
  longest?: number;
  /** Waits between attempts after a failed save, in ms; the last one repeats. */
  retryDelays?: readonly number[];
}

const REMOTE = Symbol('an update from main');
const defaultRetries = [1_000, 3_000, 10_000] as const;

/**
 * An open note: its Yjs document, and the edits on their way to main. An edit leaves `pending` only when main
 * has answered that it is on disk; a failed save puts it back and tries again until it is.
 */
export class NoteSession {
  readonly id: string;
  readonly doc = new Y.Doc();
  readonly body: Y.Text;
  readonly undo: Y.UndoManager;
  readonly readOnly: boolean;
  readonly saveState: Store<SaveState> = createStore<SaveState>({ kind: 'saved' });
  readonly #options: NoteSessionOptions;
  #pending: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the oldest edit that waits was made. */
  #waitingSince = 0;
  #inFlight: Promise<void> | undefined;
  #failures = 0;

  constructor(note: OpenNote, options: NoteSessionOptions) {
    this.id = note.summary.id;
    this.readOnly = note.summary.readOnly;
    this.#options = options;
    this.body = this.doc.getText(NOTE_BODY);
    if (note.state.byteLength > 0) Y.applyUpdate(this.doc, note.state, REMOTE);
    this.undo = new Y.UndoManager(this.body);
    this.doc.on('update', this.#collect);
  }

  /** True while some edit has not been acknowledged. */
  get unsaved(): boolean {
    return this.#pending.length > 0 || this.#inFlight !== undefined;
  }

  /** An edit made elsewhere; it enters the text and is not sent back. */
  applyRemote(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, REMOTE);
  }

  /** Sends what is pending now. Resolves when main has answered for everything typed before the call. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#inFlight) await this.#inFlight;
    if (this.#inFlight) return this.#inFlight;
    if (this.#pending.length === 0) return;
    this.#inFlight = this.#send();
    return this.#inFlight;
  }

  /** Frees the document. Only for a session with nothing unsaved. */
  destroy(): void {
    clearTimeout(this.#timer);
    this.undo.destroy();
    this.doc.destroy();
  }

  #collect = (update: Uint8Array, origin: unknown): void => {
    if (origin === REMOTE) return;
    if (this.#pending.length === 0) this.#waitingSince = Date.now();
    this.#pending.push(update);
    this.#schedule(this.#failures > 0 ? this.#retryDelay() : this.#restDelay());
    if (this.saveState.get().kind === 'saved') this.saveState.set({ kind: 'saving' });
  };

  #schedule(delay: number): void {
    // While edits keep failing, typing must not postpone the next attempt for ever.
    if (this.#failures > 0 && this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), delay);
  }

  /** Who types without a rest must not have more than a moment's work unsaved. */
  #restDelay(): number {
    const { delay = 150, longest = 1_000 } = this.#options;
    return Math.min(delay, Math.max(0, this.#waitingSince + longest - Date.now()));
  }

  #retryDelay(): number {
    const delays = this.#options.retryDelays ?? defaultRetries;
    return delays[Math.min(this.#failures, delays.length) - 1] ?? 10_000;
  }

  async #send(): Promise<void> {
    const sent = this.#pending;
    this.#pending = [];
    let outcome = await this.#options.save(this.id, sent.length === 1 && sent[0] ? sent[0] : Y.mergeUpdates(sent));
    if (!outcome.ok && outcome.failure.code === 'edit-incomplete') {
      // Main lacks what the edit builds on: the whole document has it, and with it what was typed since.
      sent.push(...this.#pending);
      this.#pending = [];
      outcome = await this.#options.save(this.id, Y.encodeStateAsUpdate(this.doc));
    }
    this.#inFlight = undefined;
    if (outcome.ok) {
      this.#failures = 0;
      this.saveState.set({ kind: this.#pending.length === 0 ? 'saved' : 'saving' });
      this.#options.onSaved(outcome.value);
    } else {
      this.#pending = [...sent, ...this.#pending];
      this.#failures += 1;
      this.saveState.set({ kind: 'failed', failure: outcome.failure });
      this.#schedule(this.#retryDelay());
    }
  }
}
