import { fraction, type Random } from './surroundings.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** How long to wait after a failure: longer each time, and never the same for many devices at once. */
export const createBackOff = (random: Random, longest = LONGEST_MS) => {
  let failures = 0;
  return {
    next: (): number => {
      const limit = Math.min(longest, FIRST_MS * 2 ** Math.min(failures, 16));
      failures += 1;
      return Math.round(limit * (0.5 + fraction(random) / 2));
    },
    reset: (): void => {
      failures = 0;
    },
  };
};
