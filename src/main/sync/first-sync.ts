import { z } from 'zod';
import type { Cursor, NewestPage } from './gateway.ts';
import { writeCursor } from './pull.ts';
import type { Session } from './session.ts';

const PAGE = 200;

const walk = z.object({
  /** What was the newest when it began: pulling goes on from there. µs */
  top: z.number(),
  before: z.object({ ts: z.number(), id: z.string().optional() }).nullable(),
  done: z.number(),
  /** How many there are; null until Fauna has counted them. */
  total: z.number().nullable().default(null),
});
type Walk = z.infer<typeof walk>;

const readWalk = (text: string | null): Walk | null => {
  if (!text) return null;
  const read = walk.safeParse(JSON.parse(text));
  return read.success ? read.data : null;
};

/**
 * Everything of the account, the newest notes first, so that a new device is of use at once. Cut off, it goes on where
 * it was. What changes meanwhile moves above `top` and is pulled afterwards. The next page is on its way while one is
 * merged; how far the walk is says the transaction that merges the end of a page, so that no page is passed over.
 */
export const firstSync = async (session: Session): Promise<void> => {
  const { notes, gateway } = session;
  let { top, before, done, total }: Walk = readWalk(notes.sync.walk) ?? {
    ...{ top: 0, before: null, done: 0, total: null },
  };
  const tell = (): void => {
    if (total !== null) session.progress({ done, total: Math.max(done, total) });
  };
  let going = true;
  let counting = false;
  /** Only the footer wants it, so nothing waits for it and nothing is lost with it. */
  const count = async (): Promise<void> => {
    counting = true;
    const counted = await session.request((secret) => gateway.count(secret));
    total = counted;
    if (going) tell();
  };
  const ask = (from: Cursor | null): Promise<NewestPage> => {
    const page = session.request((secret) => gateway.newest(secret, from, PAGE));
    // It may fail before anybody waits for it.
    page.catch(() => {});
    return page;
  };

  tell();
  try {
    for (let asked = ask(before); ; ) {
      const page = await asked;
      if (before === null) top = page.notes[0]?.ts ?? 0;
      before = page.before;
      if (before !== null) asked = ask(before);
      if (before !== null && total === null && !counting) count().catch(() => {});
      const merged = done + page.notes.length;
      if (before === null) {
        await session.apply(page.notes, writeCursor({ ts: top + 1 }), '');
        notes.sync.log({ event: 'first-sync', detail: { notes: merged } });
        return;
      }
      await session.apply(page.notes, undefined, JSON.stringify({ top, before, done: merged, total } satisfies Walk));
      done = merged;
      tell();
    }
  } finally {
    going = false;
    session.progress(null);
  }
};
