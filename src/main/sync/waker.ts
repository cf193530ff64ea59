import type { Timers } from './surroundings.ts';

export interface Waker {
  /** A reason to go on that came with its own delay already. */
  want(what: 'pull'): void;
  /** An edit: wakes once the burst of edits it belongs to is over. */
  burst(): void;
  /** Wakes whatever the loop is waiting for. */
  hurry(): void;
  /** The reasons since the last call. */
  take(): { pull: boolean };
  /** Resolves at a reason, or after so many ms. Reasons but `hurry` do not cut an `urgent` wait short. */
  wait(ms: number, until: 'any' | 'urgent'): Promise<void>;
  stop(): void;
}

/** Where the loop sleeps. */
export const createWaker = (options: { timers: Timers; quiet: number; longest: number }): Waker => {
  const { timers, quiet, longest } = options;
  let pull = false;
  let push = false;
  let hurried = false;
  let sleeper: { until: 'any' | 'urgent'; wake: () => void } | null = null;
  let quietOver: (() => void) | null = null;
  let burstOver: (() => void) | null = null;

  const nudge = (): void => {
    if (sleeper && (hurried || (sleeper.until === 'any' && (pull || push)))) sleeper.wake();
  };
  const endBurst = (): void => {
    quietOver?.();
    burstOver?.();
    quietOver = burstOver = null;
  };
  const pushNow = (): void => {
    endBurst();
    push = true;
    nudge();
  };

  return {
    want: () => {
      pull = true;
      nudge();
    },
    burst: () => {
      quietOver?.();
      quietOver = timers.after(quiet, pushNow);
      burstOver ??= timers.after(longest, pushNow);
    },
    hurry: () => {
      pull = hurried = true;
      nudge();
    },
    take: () => {
      const taken = { pull };
      pull = push = hurried = false;
      return taken;
    },
    wait: (ms, until) =>
      new Promise((resolve) => {
        const wake = (): void => {
          callOff();
          sleeper = null;
          resolve();
        };
        const callOff = timers.after(ms, () => {
          pull = true;
          wake();
        });
        sleeper = { until, wake };
        nudge();
      }),
    stop: () => {
      endBurst();
      hurried = true;
      nudge();
    },
  };
};
