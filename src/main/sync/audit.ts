import type { MergeOutcome, RemotePurge } from '../notes/remote/remote-note.ts';
import { FETCHED_AGAIN } from '../notes/rows/note-rows.ts';
import { chunks } from './chunks.ts';
import type { Cursor, Received } from './gateway.ts';
import { readCursor } from './pull.ts';
import type { Session } from './session.ts';

const PAGE = 5_000;
/** Asked for in one question. */
const DELETIONS = 100;
const DOCUMENTS = 25;
const BEGINNING: Cursor = { ts: 1 };

export interface Findings {
  /** Another FQL client had deleted them outright. */
  deleted: number;
  /** Fauna has an older state of them than it acknowledged, or has lost them. */
  lost: number;
  /** The cursor had passed them, and they were not merged. */
  missed: number;
}

/**
 * Holds what is there against what is here, by id and ts, for all that reading on from the cursor cannot tell:
 *
 * - what another FQL client has deleted outright leaves the index without a trace;
 * - a Fauna restored from a backup has lost what was written since: whatever a device has of it is sent again;
 * - a document that a role or anything else hid when the cursor passed it is fetched.
 *
 * Which of the first two a missing note is, Fauna's history says (`deletionsOf` in fauna/queries.ts).
 */
export const createAudit = (session: Session): (() => Promise<Findings>) => {
  const { notes, gateway } = session;
  /** Looked at once, and nothing could be done; so not again while the engine runs. */
  const passed = new Map<string, number>();

  const fetch = async (ids: readonly string[], known: ReadonlyMap<string, Known>) => {
    let [lost, missed] = [0, 0];
    for (const some of chunks(ids, DOCUMENTS)) {
      const found = await session.request((secret) => gateway.fetch(secret, some));
      const taken = ({ id }: Received): number => known.get(id ?? '')?.ts ?? 0;
      const older = found.flatMap((one) => (one.kind !== 'malformed' && one.ts < taken(one) ? [one] : []));
      lost += older.length;
      notes.sync.stepBack(older);
      const outcomes = await session.apply(found);
      for (const one of found) {
        if (one.id === null) continue;
        passed.set(one.id, one.ts);
        if (isNews(outcomes.get(one.id)) && one.ts > taken(one) && taken(one) !== FETCHED_AGAIN) missed += 1;
      }
    }
    return { lost, missed };
  };

  const settleMissing = async (missing: readonly Known[]) => {
    const deleted: RemotePurge[] = [];
    const lost: string[] = [];
    for (const some of chunks(missing, DELETIONS)) {
      const ids = some.map(({ id }) => id);
      const times = await session.request((secret) => gateway.deletedAt(secret, ids));
      for (const [at, { id, ts, live }] of some.entries()) {
        const deletedAt = times[at] ?? null;
        if (deletedAt === null) continue;
        // An older deletion is one that an edit had undone: that edit is what Fauna has lost.
        if (deletedAt <= ts) lost.push(id);
        else if (live) deleted.push({ kind: 'purged', id, ts: deletedAt, outright: true });
        else passed.set(id, ts);
      }
    }
    await session.apply(deleted);
    return { deleted: deleted.length, lost: notes.sync.resend(lost) };
  };

  return async () => {
    // Before the list is made, so that it has all of these; what was not read yet when it begins is the pull's.
    const known = new Map(notes.sync.known().map((note) => [note.id, note]));
    const read = readCursor(notes.sync.cursor)?.ts ?? 0;
    const { there, at } = await listAll(session);
    // A Fauna that has not heard of this device's last push yet cannot say anything about it.
    const heard = ({ ts }: Known): boolean => ts < at;
    const missing = [...known.values()].filter(
      (note) => note.ts > 0 && heard(note) && !there.has(note.id) && passed.get(note.id) !== note.ts,
    );
    const differing = [...there].flatMap(([id, ts]) => {
      const note = known.get(id);
      const same = ts === note?.ts || ts === passed.get(id) || ts >= read;
      return same || (note && !heard(note)) ? [] : [id];
    });
    const gone = await settleMissing(missing);
    const fetched = await fetch(differing, known);
    return { deleted: gone.deleted, lost: gone.lost + fetched.lost, missed: fetched.missed };
  };
};

/** Parked notes with edits of this device are fetched at each start: they cannot be taken for read. */
const isNews = (outcome: MergeOutcome | undefined): boolean =>
  outcome !== undefined && outcome !== 'known' && outcome !== 'unreadable' && outcome !== 'parked';

interface Known {
  id: string;
  ts: number;
  live: boolean;
}

/** Every id with its ts, and the earliest moment that one of the pages is of. */
const listAll = async (session: Session): Promise<{ there: Map<string, number>; at: number }> => {
  const there = new Map<string, number>();
  let at = Number.POSITIVE_INFINITY;
  let next: Cursor | null = BEGINNING;
  while (next) {
    const from: Cursor = next;
    const page = await session.request((secret) => session.gateway.ids(secret, from, PAGE));
    for (const [id, ts] of page.found) there.set(id, ts);
    at = Math.min(at, page.at);
    next = page.next;
  }
  return { there, at };
};
