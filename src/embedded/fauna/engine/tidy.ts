/** The engine's side of housekeeping (documents/housekeeping.ts): how far the sweep has come, here and in the file. */
import { endOf, SWEEP_START, sweepPiece } from '../documents/housekeeping.ts';
import type { Session } from '../language/context.ts';
import type { Place } from '../store/rows.ts';

/** After so many pieces that changed nothing the file is told how far they came, so that a restart goes on near there. */
const TOLD_AFTER = 100;

/** `write` runs in a transaction of its own. */
export function createTidy(
  write: (run: (session: Session) => Place | undefined) => PromiseSettledResult<Place | undefined> | undefined,
): () => boolean {
  let place: Place | undefined;
  let pieces = 0;
  return () => {
    let from = place ?? SWEEP_START;
    const result = write((session) => {
      const { transaction } = session;
      const told = transaction.housekeeping.sweep();
      from = place ?? told ?? SWEEP_START;
      const next = sweepPiece(session, from);
      pieces += 1;
      if (next ? transaction.wrote || pieces % TOLD_AFTER === 0 : told) transaction.housekeeping.putSweep(next);
      return next;
    });
    if (result?.status === 'fulfilled') place = result.value;
    // What fails must not keep the sweep from the rest: it goes on behind the collection that something is wrong with.
    else place = from.id === endOf(from).id ? undefined : endOf(from);
    return place !== undefined;
  };
}

/** When the first sweep begins, and the next after one has ended (ms). */
const FIRST = 60_000;
const EVERY = 3_600_000;
/** Between two pieces of a few milliseconds each, so that queries hardly notice (ms). */
const PAUSE = 100;

/** Has it tidied up from time to time, for the first time after `first` ms. The function that comes back ends it. */
export function keepTidy(tidy: () => boolean, first = FIRST): () => void {
  const piece = (): void => {
    let more = false;
    try {
      more = tidy();
    } catch (error) {
      // Of the file, a full disk for one; who writes next is told.
      console.error(error);
    }
    timer = setTimeout(piece, more ? PAUSE : EVERY).unref();
  };
  let timer = setTimeout(piece, first).unref();
  return () => clearTimeout(timer);
}
