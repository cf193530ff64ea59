import { z } from 'zod';
import type { Cursor, NewestPage } from './gateway.ts';
import { sizeAfter } from './page-size.ts';
import { writeCursor } from './pull.ts';
import type { Session } from './session.ts';

/** Few at first, so that something is there at once. */
const FIRST_PAGE = 100;
/**
 * Fauna reads each note that it counts and asks the role about it, beside the pages: some 5 % more work. A sync that is
 * over by then does without; until then the footer says how many have come.
 */
const COUNT_AFTER_MS = 3_000;

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
    if (done > 0) session.progress({ done, total: total === null ? null : Math.max(done, total) });
  };
  let size = FIRST_PAGE;
  let going = true;
  /** Only the footer wants it, so nothing waits for it and nothing is lost with it. */
  const count = async (): Promise<void> => {
    if (total !== null || !going) return;
    const counted = await session.request((secret) => gateway.count(secret));
    total = counted;
    if (going) tell();
  };
  const ask = (from: Cursor | null): Promise<NewestPage> => {
    const page = session.request((secret) => gateway.newest(secret, from, size));
    // It may fail before anybody waits for it.
    page.catch(() => {});
    return page;
  };

  tell();
  const callOff = session.after(COUNT_AFTER_MS, () => void count().catch(() => {}));
  try {
    for (let asked = ask(before); ; ) {
      const page = await asked;
      if (before === null) top = page.notes[0]?.ts ?? 0;
      before = page.before;
      size = sizeAfter(size, page.notes);
      if (before !== null) asked = ask(before);
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
    callOff();
    session.progress(null);
  }
};
