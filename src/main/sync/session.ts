import { type Failure, FailureError } from '../../shared/failure.ts';
import { RequestError } from '../fauna/request-failure.ts';
import type { NotesStore } from '../notes/notes-store.ts';
import type { MergeOutcome } from '../notes/remote/remote-note.ts';
import { apply, type Merging } from './apply.ts';
import type { FaunaGateway, Received } from './gateway.ts';
import type { Timers, TokenSource } from './surroundings.ts';

/** Thrown inside the engine once it is stopped: whatever is under way ends without another effect. */
export class StoppedError extends Error {}

/** There is no token for Fauna, and why. */
export class TokenError extends FailureError {}

export interface Progress {
  done: number;
  /** Null while nobody knows how many there are. */
  total: number | null;
}

/** What push, pull and the others share while the engine runs. */
export interface Session extends Merging {
  /** Merges what came (apply.ts), and keeps with it where reading has come to. */
  apply(received: readonly Received[], cursor?: string, walk?: string): Promise<Map<string, MergeOutcome>>;
  /** Times of this device's own writes that a pull has not passed yet. */
  readonly own: Set<number>;
  progress(progress: Progress | null): void;
  /** Calls once, after so many ms, unless the engine is stopped; the function that comes back calls it off. */
  after(ms: number, call: () => void): () => void;
  /** Fauna has lost what it had acknowledged of so many notes; they are sent again. */
  lost(notes: number): void;
}

export const createSession = (options: {
  notes: NotesStore;
  gateway: FaunaGateway;
  tokens: TokenSource;
  timers: Timers;
  stopped: () => boolean;
  progress: (progress: Progress | null) => void;
  lost: (notes: number) => void;
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

  const session: Session = {
    notes,
    gateway,
    own: new Set(),
    progress: options.progress,
    breathe,
    after: (ms, call) => timers.after(ms, () => options.stopped() || call()),
    lost: options.lost,
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
    apply: (received, cursor, walk) => apply(session, received, { cursor, walk }),
  };
  return session;
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
