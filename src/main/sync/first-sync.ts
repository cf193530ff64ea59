import { z } from 'zod';
import type { Cursor } from './gateway.ts';
import { writeCursor } from './pull.ts';
import type { Session } from './session.ts';

const PAGE = 200;

const walk = z.object({
  /** What was the newest when it began: pulling goes on from there. µs */
  top: z.number(),
  before: z.object({ ts: z.number(), id: z.string().optional() }).nullable(),
  done: z.number(),
});
type Walk = z.infer<typeof walk>;

const readWalk = (text: string | null): Walk | null => {
  if (!text) return null;
  const read = walk.safeParse(JSON.parse(text));
  return read.success ? read.data : null;
};

/**
 * Everything of the account, the newest notes first, so that a new device is of use at once. Cut off, it goes on where
 * it was. What changes meanwhile moves above `top` and is pulled afterwards.
 */
export const firstSync = async (session: Session): Promise<void> => {
  const { notes, gateway } = session;
  let state = readWalk(notes.sync.recall('first'));
  for (;;) {
    const before: Cursor | null = state?.before ?? null;
    const page = await session.request((secret) => gateway.newest(secret, before, PAGE));
    await session.apply(page.notes);
    const done: number = (state?.done ?? 0) + page.notes.length;
    const top: number = state?.top ?? page.notes[0]?.ts ?? 0;
    session.progress({ done, total: Math.max(done, page.total) });
    if (page.before === null) {
      notes.sync.remember('first', '');
      await session.apply([], writeCursor({ ts: top + 1 }));
      notes.sync.log({ event: 'first-sync', detail: { notes: done } });
      session.progress(null);
      return;
    }
    state = { top, before: page.before, done };
    notes.sync.remember('first', JSON.stringify(state));
  }
};
