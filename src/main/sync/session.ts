import { type Failure, FailureError } from '../../shared/failure.ts';
import { RequestError } from '../fauna/request-failure.ts';
import type { NotesStore } from '../notes/notes-store.ts';
import type { MergeOutcome } from '../notes/remote/remote-note.ts';
import type { FaunaGateway, Received } from './gateway.ts';
import type { Timers, TokenSource } from './surroundings.ts';

/** Thrown inside the engine once it is stopped: whatever is under way ends without another effect. */
export class StoppedError extends Error {}

/** There is no token for Fauna, and why. */
export class TokenError extends FailureError {}

export interface Progress {
  done: number;
  total: number;
}

/** What push, pull and the others share while the engine runs. */
export interface Session {
  readonly notes: NotesStore;
  readonly gateway: FaunaGateway;
  /** Asks with a good token; one that Fauna refuses is forgotten and the question asked once more with another. */
  request<T>(ask: (secret: string) => Promise<T>): Promise<T>;
  /**
   * Merges what came, a few at a time so that the window's own saves are not kept waiting; `cursor` (pull.ts) and
   * `walk` (first-sync.ts) with the last.
   */
  apply(received: readonly Received[], cursor?: string, walk?: string): Promise<Map<string, MergeOutcome>>;
  /** Times of this device's own writes that a pull has not passed yet. */
  readonly own: Set<number>;
  progress(progress: Progress | null): void;
  /** Lets the window and others have their turn. */
  breathe(): Promise<void>;
  /** Calls once, after so many ms, unless the engine is stopped; the function that comes back calls it off. */
  after(ms: number, call: () => void): () => void;
}

/** At once inside one transaction; between two the window has its turn. Nearly all notes of a first sync are new ones. */
const CHUNK = 50;
const CHUNK_OF_NEW = 200;

export const createSession = (options: {
  notes: NotesStore;
  gateway: FaunaGateway;
  tokens: TokenSource;
  timers: Timers;
  stopped: () => boolean;
  progress: (progress: Progress | null) => void;
}): Session => {
  const { notes, gateway, tokens, timers } = options;
  const goOn = (): void => {
    if (options.stopped()) throw new StoppedError();
  };
  const breathe = async (): Promise<void> => {
    await new Promise<void>((resolve) => timers.after(0, resolve));
    goOn();
  };

  const secret = async (): Promise<string> => {
    const token = await tokens.get();
    goOn();
    if (!token.ok) throw new TokenError(token.failure);
    return token.value.secret;
  };

  return {
    notes,
    gateway,
    own: new Set(),
    progress: options.progress,
    breathe,
    after: (ms, call) => timers.after(ms, () => options.stopped() || call()),
    request: async (ask) => {
      for (let first = true; ; first = false) {
        const token = await secret();
        try {
          const answer = await ask(token);
          goOn();
          return answer;
        } catch (error) {
          goOn();
          if (!(error instanceof RequestError) || error.problem !== 'unauthorized') throw error;
          tokens.forget();
          if (!first) throw error;
        }
      }
    },
    apply: async (received, cursor, walk) => {
      const outcomes = new Map<string, MergeOutcome>();
      const size = walk === undefined ? CHUNK : CHUNK_OF_NEW;
      for (let at = 0; at === 0 || at < received.length; at += size) {
        if (at > 0) await breathe();
        const chunk = received.slice(at, at + size);
        const last = at + size >= received.length;
        const good = chunk.flatMap((note) => (note.kind === 'malformed' ? [] : [note]));
        const merged =
          walk === undefined
            ? notes.sync.apply(good, last ? cursor : undefined)
            : notes.sync.applyFirst(good, last ? { cursor, walk } : {});
        for (const { id, outcome } of merged) outcomes.set(id, outcome);
        for (const note of chunk) {
          if (note.kind !== 'malformed') continue;
          const { id, ts, why } = note;
          notes.sync.log({ event: 'malformed', level: 'error', note: id, detail: { ts, why } });
        }
      }
      return outcomes;
    },
  };
};

/** The failure in words of anything that a round may throw. */
export const failureOf = (error: unknown): Failure =>
  error instanceof FailureError
    ? error.failure
    : {
        code: 'sync-failed',
        message: 'Syncing failed for a reason Burrow does not know.',
        mend: 'Burrow tries again.',
      };
