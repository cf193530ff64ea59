import type { Case, Outcome } from './cast.ts';
import { faultNames } from './faults.ts';

/** Leaves out what a failing case can fail without: acts from the end, kinds of faults, single acts, devices. */
export const shrink = async (failing: Case, run: (one: Case) => Promise<Outcome>): Promise<Case> => {
  let best = failing;
  const stillFails = async (change: Partial<Case>): Promise<boolean> => {
    const smaller = { ...best, ...change };
    if ((await run(smaller)).violations.length === 0) return false;
    best = smaller;
    return true;
  };

  for (let acts = Math.floor(best.acts / 2); acts >= 1; acts = Math.floor(acts / 2)) {
    while (best.acts - acts >= 1 && (await stillFails({ acts: best.acts - acts }))) {
      // Again, as long as it helps.
    }
  }
  for (const fault of faultNames)
    if (!best.without.includes(fault)) await stillFails({ without: [...best.without, fault] });
  for (let act = best.acts - 1; act >= 0; act--)
    if (!best.skip.includes(act)) await stillFails({ skip: [...best.skip, act] });
  while (best.devices > 1 && (await stillFails({ devices: best.devices - 1 }))) {
    // Fewer devices still.
  }
  return best;
};
