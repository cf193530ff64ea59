import faunadb from 'faunadb';
import type { Dice } from './dice.ts';
import type { Journal } from './journal.ts';
import type { Server, ServerDocument } from './server.ts';

const q = faunadb.query;
const ref = (id: string) => q.Ref(q.Collection('notes'), id);

/** Another program of the team's, which knows nothing of Yjs: it writes readable fields, or deletes. */
export const foreignWrite = (server: Server, account: string, journal: Journal, dice: Dice): void => {
  const there = [...server.documents(account).values()].filter((one) => !one.purged);
  const note: ServerDocument | undefined = there.length > 0 ? dice.pick(there) : undefined;
  const choice = dice.next();
  if (!note || choice < 0.15) {
    const id = String(1 + dice.int(2 ** 31));
    const marker = journal.marker('z', { account, note: id, device: null });
    const { ts } = server.admin<{ ts: number }>(q.Create(ref(id), { data: { owner: account, body: marker.text } }));
    marker.acknowledged = true;
    server.tellAll(account, ts);
    return;
  }
  if (choice < 0.25) {
    journal.removingNote(note.id, note.body ?? '', null);
    server.admin(q.Delete(ref(note.id)));
    return;
  }
  const body = note.body ?? '';
  const marker = journal.marker('z', { account, note: note.id, device: null });
  const data =
    choice < 0.9 ? { body: dice.chance(0.5) ? `${body}${marker.text}` : `${marker.text}${body}` } : malformed(dice);
  const { ts } = server.admin<{ ts: number }>(q.Update(ref(note.id), { data }));
  if ('body' in data && typeof data.body === 'string') marker.acknowledged = true;
  server.tellAll(account, ts);
};

const malformed = (dice: Dice): Record<string, unknown> =>
  dice.pick<Record<string, unknown>>([{ tags: 'not a list' }, { pinned: 'yes' }, { editedAt: -1 }, { device: 7 }]);
