import type { Dice } from './dice.ts';

/** What can go wrong, and how likely each time it could. */
const MOST = {
  lostRequest: 0.1,
  lostAnswer: 0.15,
  duplicate: 0.1,
  slow: 0.08,
  busy: 0.08,
  unauthorized: 0.08,
  lostHint: 0.4,
  // Per look at the disk.
  crash: 0.02,
  diskFull: 0.01,
  // Per thing a person does.
  partition: 0.12,
  clockJump: 0.04,
  restart: 0.05,
  signedOut: 0.03,
  otherAccount: 0.04,
  foreign: 0.1,
  poison: 0.03,
  /** Fauna is restored from a backup. */
  restore: 0.04,
  /** The role refuses, or hides documents. */
  role: 0.06,
  /** A device gets a newer Burrow, which writes a newer format. */
  upgrade: 0.05,
};

export type Fault = keyof typeof MOST;
export const faultNames = Object.keys(MOST) as Fault[];

/** Seldom in themselves, and they change the whole story: most seeds go without. */
const RARE: ReadonlySet<Fault> = new Set(['restore', 'role', 'upgrade']);

/** Whether something goes wrong, and how often it did. Some seeds have a calm network and many crashes, others the other way round. */
export class Misfortune {
  readonly counts: Partial<Record<Fault, number>> = {};
  readonly #likely: Record<Fault, number>;

  constructor(dice: Dice, without: readonly string[]) {
    this.#likely = { ...MOST };
    for (const name of faultNames) {
      const share = dice.chance(RARE.has(name) ? 0.7 : 0.3) ? 0 : dice.next();
      this.#likely[name] = without.includes(name) ? 0 : MOST[name] * share;
    }
  }

  happens(dice: Dice, fault: Fault): boolean {
    const happened = dice.chance(this.#likely[fault]);
    if (happened) this.counts[fault] = (this.counts[fault] ?? 0) + 1;
    return happened;
  }
}
