import type { Outcome } from '../../shared/failure.ts';
import type { Clock, Random } from '../notes/surroundings.ts';

export type { Clock, Random };

/** What the engine takes from the world, so that a simulation can hand it another one. */
export interface Timers {
  /** Calls once, after so many ms; the function that comes back calls it off. */
  after(ms: number, call: () => void): () => void;
}

export const systemTimers: Timers = {
  after: (ms, call) => {
    if (ms === 0) {
      // A timer takes a millisecond at least; all that is wanted is that others have their turn.
      const immediate = setImmediate(call);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(call, ms);
    timer.unref?.();
    return () => clearTimeout(timer);
  },
};

/** The broker of identity, as far as the engine needs it. */
export interface TokenSource {
  get(): Promise<Outcome<{ secret: string /** ms since the epoch */; expiresAt: number }>>;
  forget(): void;
}

/** From 0 to 1. */
export const fraction = (random: Random): number => {
  const [high = 0, low = 0] = random.bytes(2);
  return (high * 256 + low) / 65_536;
};
