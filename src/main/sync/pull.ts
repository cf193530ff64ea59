import type { Cursor } from './gateway.ts';
import { sizeAfter } from './page-size.ts';
import type { Session } from './session.ts';

const FIRST_PAGE = 200;
/** Own writes named in one question; of more, the rest is read back. */
const OWN = 64;

/** The cursor as the store keeps it: `ts` or `ts/id`. */
export const writeCursor = ({ ts, id }: Cursor): string => (id === undefined ? String(ts) : `${ts}/${id}`);

export const readCursor = (text: string | null): Cursor | null => {
  const match = /^(\d{1,16})(?:\/(\d{1,19}))?$/.exec(text ?? '');
  return match ? { ts: Number(match[1]), ...(match[2] ? { id: match[2] } : {}) } : null;
};

/** Reads on from the cursor until there is nothing new. Each page moves the cursor as it is merged, so it can end anywhere. */
export const pullAll = async (session: Session, from: Cursor): Promise<number> => {
  let cursor = from;
  let count = 0;
  let size = FIRST_PAGE;
  for (;;) {
    const [start, most] = [cursor, size];
    const own = [...session.own].slice(-OWN);
    const page = await session.request((secret) => session.gateway.changes(secret, start, most, own));
    const moved = page.next.ts !== cursor.ts || page.next.id !== cursor.id;
    if (moved || page.notes.length > 0) await session.apply(page.notes, writeCursor(page.next));
    count += page.notes.length;
    cursor = page.next;
    size = sizeAfter(size, page.notes);
    for (const ts of session.own) if (ts < cursor.ts) session.own.delete(ts);
    if (!page.more) return count;
  }
};
