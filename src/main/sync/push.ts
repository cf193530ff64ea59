import { RequestError } from '../fauna/request-failure.ts';
import type { Outgoing } from '../notes/remote/outgoing.ts';
import type { Received } from './gateway.ts';
import type { Session } from './session.ts';
import { knownReason, outOfStep, reasonOf } from './set-aside.ts';

const BATCH = { notes: 100, bytes: 1_000_000 };

/** After so many notes in a row that the role refuses, and none taken, the role is at fault and not the notes. */
const REFUSALS = 3;

/** Batches under way at once: while Fauna writes one, the next is made ready and the last one's answer is kept. */
const LANES = 3;

/** A push that has gone round so often competes with somebody; it goes on after a pause. */
const ROUNDS = 1_000;

interface Tally {
  taken: number;
  refused: { sent: Outgoing; error: RequestError }[];
}

/** Sends everything that waits, until nothing does. What others wrote meanwhile is merged and sent again. */
export const pushAll = async (session: Session): Promise<void> => {
  const { notes } = session;
  const underWay = new Set<string>();
  let [done, rounds, failed] = [0, 0, false];

  /** The next batch; empty when nothing waits that is not under way already. */
  const take = (): Outgoing[] => {
    for (;;) {
      const waiting = rounds++ < ROUNDS && !failed ? notes.sync.outgoing(BATCH, underWay) : [];
      const batch = waiting.filter((sent) => {
        const why = knownReason(sent);
        if (why) notes.sync.setAside(sent, why);
        return why === null;
      });
      if (batch.length > 0 || waiting.length === 0) return batch;
    }
  };

  const lane = async (): Promise<void> => {
    for (let batch = take(); batch.length > 0; batch = take()) {
      for (const { id } of batch) underWay.add(id);
      const total = done + notes.sync.waiting;
      if (total > BATCH.notes) session.progress({ done, total });
      const tally: Tally = { taken: 0, refused: [] };
      await pushBatch(session, batch, tally);
      for (const { sent, error } of tally.refused) notes.sync.setAside(sent, reasonOf(sent, error));
      for (const { id } of batch) underWay.delete(id);
      done += batch.length;
    }
  };

  const lanes = Array.from({ length: LANES }, async (_, at) => {
    try {
      // Between two batches the window has its turn.
      for (let turn = 0; turn < at; turn++) await session.breathe();
      await lane();
    } catch (error) {
      failed = true;
      throw error;
    }
  });
  // None goes on behind the back of whoever deals with the failure of another.
  const [fault] = (await Promise.allSettled(lanes)).filter((one) => one.status === 'rejected');
  if (fault) throw fault.reason;
  session.progress(null);
};

/** One bad note refuses a whole batch; halving finds it in a few requests, and the others go. */
const pushBatch = async (session: Session, batch: readonly Outgoing[], tally: Tally): Promise<void> => {
  try {
    await pushTogether(session, batch, tally);
  } catch (error) {
    if (!(error instanceof RequestError) || !['refused', 'too-large', 'rejected'].includes(error.problem)) throw error;
    const [first] = batch;
    if (batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      await pushBatch(session, batch.slice(0, middle), tally);
      await pushBatch(session, batch.slice(middle), tally);
    } else if (first) {
      tally.refused.push({ sent: first, error });
      const byRole = tally.refused.filter((one) => one.error.problem === 'refused').length;
      if (tally.taken === 0 && byRole >= REFUSALS) throw error;
    }
  }
};

const pushTogether = async (session: Session, batch: readonly Outgoing[], tally: Tally): Promise<void> => {
  const { notes, gateway } = session;
  const answers = await session.request((secret) => gateway.push(secret, batch));
  const written = batch.flatMap((sent, at) => {
    const answer = answers[at];
    return answer?.kind === 'written' ? [{ sent, ts: answer.ts }] : [];
  });
  if (written.length > 0) notes.sync.acknowledge(written);
  for (const { ts } of written) session.own.add(ts);
  tally.taken += written.length;

  const gone = batch.filter((_, at) => answers[at]?.kind === 'gone');
  notes.sync.forgetForeign(gone.map(({ id }) => id));

  const found = batch.flatMap((sent, at) => {
    const answer = answers[at];
    return answer?.kind === 'found' ? [{ sent, note: answer.note }] : [];
  });
  if (found.length === 0) return;
  // Older than what was acknowledged before: Fauna was put back to an earlier state (audit.ts).
  const older = found.flatMap(({ sent, note }) =>
    note.kind !== 'malformed' && note.ts < (sent.baseTs ?? 0) ? [note] : [],
  );
  const overruled = new Set<Received>(notes.sync.stepBack(older));
  if (older.length > 0) session.lost(older.length);
  const news = found.filter(({ note }) => !overruled.has(note));
  const outcomes = await session.apply(news.map(({ note }) => note));
  for (const { sent } of news) {
    const outcome = outcomes.get(sent.id);
    // Without a merge the next push would be answered the same for ever.
    if (outcome === undefined || outcome === 'known' || outcome === 'unreadable') notes.sync.setAside(sent, outOfStep);
    else tally.taken += 1;
  }
};
