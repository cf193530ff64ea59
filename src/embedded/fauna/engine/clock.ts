/** The machine's clock in µs: what the wall says, refined by the monotonic clock, and the same time never twice. */
import type { Clock } from '../store/store.ts';

/** How far the refined time may be from the wall's, which ticks in ms, before it follows it (sleep, a clock set anew). */
const TOLERANCE = 3000n;

/** For threads that hand out times together; one `sharedTime()` for all of them. */
export const sharedTime = (): SharedArrayBuffer => new SharedArrayBuffer(8);

/** Later than any time that any clock on the same `shared` has told. */
export function createClock(shared: SharedArrayBuffer = sharedTime()): Clock {
  const newest = new BigInt64Array(shared);
  let offset = 0n;
  return {
    now: () => {
      const ticks = process.hrtime.bigint() / 1000n;
      const wall = BigInt(Date.now()) * 1000n;
      let time = ticks + offset;
      if (time < wall - TOLERANCE || time > wall + TOLERANCE) {
        offset = wall - ticks;
        time = wall;
      }
      for (let seen = Atomics.load(newest, 0); ; ) {
        const next = time > seen && seen < time ? time : stepPast(seen, time);
        const found = Atomics.compareExchange(newest, 0, seen, next);
        if (found === seen) return next;
        seen = found;
      }
    },
  };
}

/** A clock that was set back by much is followed; small steps back are waited out. */
const FOLLOW = 60_000_000n;
const stepPast = (seen: bigint, time: bigint): bigint => (seen - time > FOLLOW ? time : seen + 1n);
