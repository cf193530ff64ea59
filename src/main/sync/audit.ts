import type { Cursor } from './gateway.ts';
import type { Session } from './session.ts';

const PAGE = 5_000;
const BEGINNING: Cursor = { ts: 1 };

/**
 * Finds notes that another FQL client has deleted outright. They leave the index without a trace: Fauna shows a set's
 * events only to those who may read the document, and nobody may read what is gone. So the ids here are held against
 * the ids there, and each missing one is asked for by itself: a note that may only not be read any more is not deleted.
 * Numbers alone would not do: one note deleted and another made again look like nothing.
 */
export const audit = async (session: Session): Promise<number> => {
  const { notes, gateway } = session;
  // Before the list is made, so that it has all of these.
  const known = notes.sync.known();
  if (!known.some(({ live }) => live)) return 0;
  const { there, at } = await listAll(session);
  let purged = 0;
  for (const { id, ts, live } of known) {
    // A Fauna that has not heard of this device's last push yet cannot say anything about it.
    if (!live || there.has(id) || ts >= at) continue;
    if (!(await session.request((secret) => gateway.isGone(secret, id)))) continue;
    await session.apply([{ kind: 'purged', id, ts: ts + 1 }]);
    purged += 1;
  }
  return purged;
};

/** Every id, and the earliest moment that one of the pages is of. */
const listAll = async (session: Session): Promise<{ there: Set<string>; at: number }> => {
  const there = new Set<string>();
  let at = Number.POSITIVE_INFINITY;
  let next: Cursor | null = BEGINNING;
  while (next) {
    const from: Cursor = next;
    const page = await session.request((secret) => session.gateway.ids(secret, from, PAGE));
    for (const id of page.ids) there.add(id);
    at = Math.min(at, page.at);
    next = page.next;
  }
  return { there, at };
};
