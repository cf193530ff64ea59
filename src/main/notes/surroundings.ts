import { randomFillSync } from 'node:crypto';

/** What the store and the sync engine take from the world, so that a simulation can hand them another one. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Random {
  bytes(length: number): Uint8Array;
}

export const systemClock: Clock = { now: () => Date.now() };
export const systemRandom: Random = { bytes: (length) => randomFillSync(new Uint8Array(length)) };
