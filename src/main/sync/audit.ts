import type { Cursor } from './gateway.ts';
import type { Session } from './session.ts';

const PAGE = 5_000;
const BEGINNING: Cursor = { ts: 1 };

/**
 * Finds notes that another FQL client has deleted outright. They leave the index without a trace: Fauna shows a set's
 * events only to those who may read the document, and nobody may read what is gone. So the ids here are held against
 * the ids there, if their numbers say that something is missing, and each missing one is asked for by itself: a note
 * that may only not be read any more is not deleted.
 */
export const audit = async (session: Session, cursor: Cursor): Promise<number> => {
  const { notes, gateway } = session;
  const before = notes.sync.known();
  const count = await session.request((secret) => gateway.count(secret));
  if (notes.sync.recall('missing') === String(before.length - count)) return 0;

  const there = await listAll(session);
  let purged = 0;
  for (const { id, ts, live } of before) {
    // What is newer than the last pull may have been written after the list was made.
    if (!live || there.has(id) || ts >= cursor.ts) continue;
    if (!(await session.request((secret) => gateway.isGone(secret, id)))) continue;
    await session.apply([{ kind: 'purged', id, ts: ts + 1 }]);
    purged += 1;
  }
  notes.sync.remember('missing', String(before.length - there.size));
  return purged;
};

const listAll = async (session: Session): Promise<Set<string>> => {
  const there = new Set<string>();
  let next: Cursor | null = BEGINNING;
  while (next) {
    const from: Cursor = next;
    const page = await session.request((secret) => session.gateway.ids(secret, from, PAGE));
    for (const id of page.ids) there.add(id);
    next = page.next;
  }
  return there;
};
