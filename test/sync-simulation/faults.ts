import type { Dice } from './dice.ts';

/** What can go wrong, and how likely each time it could. */
export interface Faults {
  lostRequest: number;
  lostAnswer: number;
  duplicate: number;
  slow: number;
  busy: number;
  unauthorized: number;
  lostHint: number;
  /** Per look at the disk. */
  crash: number;
  diskFull: number;
  /** Per thing a person does. */
  partition: number;
  clockJump: number;
  restart: number;
  signedOut: number;
  otherAccount: number;
  foreign: number;
  poison: number;
}

const MOST: Faults = {
  lostRequest: 0.1,
  lostAnswer: 0.15,
  duplicate: 0.1,
  slow: 0.08,
  busy: 0.08,
  unauthorized: 0.08,
  lostHint: 0.4,
  crash: 0.02,
  diskFull: 0.01,
  partition: 0.12,
  clockJump: 0.04,
  restart: 0.05,
  signedOut: 0.03,
  otherAccount: 0.04,
  foreign: 0.1,
  poison: 0.03,
};

export const faultNames = Object.keys(MOST) as (keyof Faults)[];

/** Some seeds have a calm network and many crashes, others the other way round. */
export const chooseFaults = (dice: Dice, without: readonly string[]): Faults => {
  const faults = { ...MOST };
  for (const name of faultNames) {
    const share = dice.chance(0.3) ? 0 : dice.next();
    faults[name] = without.includes(name) ? 0 : MOST[name] * share;
  }
  return faults;
};
