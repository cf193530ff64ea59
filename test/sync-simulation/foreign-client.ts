import faunadb from 'faunadb';
import type { Dice } from './dice.ts';
import type { Journal } from './journal.ts';
import type { Server, ServerDocument } from './server.ts';

const q = faunadb.query;
const ref = (id: string) => q.Ref(q.Collection('notes'), id);

/** Another program of the team's, which knows nothing of Yjs: it writes readable fields, replaces whole documents, or deletes. */
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
    journal.deletedOutright.add(note.id);
    server.admin(q.Delete(ref(note.id)));
    return;
  }
  const change = dice.fork('change');
  if (choice >= 0.9) {
    const { ts } = server.admin<{ ts: number }>(q.Update(ref(note.id), { data: malformed(dice) }));
    server.tellAll(account, ts);
    return;
  }
  const old = note.body ?? '';
  const marker = journal.marker('z', { account, note: note.id, device: null });
  const body = dice.chance(0.5) ? `${old}${marker.text}` : `${marker.text}${old}`;
  const { ts } = server.admin<{ ts: number }>(write(note, account, body, change));
  marker.acknowledged = true;
  server.tellAll(account, ts);
};

/** Mostly the body alone; at times the document is replaced by one without a state, or the state by what is none. */
const write = (note: ServerDocument, account: string, body: string, dice: Dice) => {
  const kind = dice.next();
  const { tags, trashedAt, pinned, format } = note;
  if (format === 1 && kind < 0.12)
    return q.Replace(ref(note.id), { data: { owner: account, body, tags, trashedAt, pinned } });
  if (format === 1 && kind < 0.2)
    return q.Update(ref(note.id), { data: { body, state: new faunadb.values.Bytes(Uint8Array.of(9, 9, 9)) } });
  return q.Update(ref(note.id), { data: { body } });
};

const malformed = (dice: Dice): Record<string, unknown> =>
  dice.pick<Record<string, unknown>>([{ tags: 'not a list' }, { pinned: 'yes' }, { editedAt: -1 }, { device: 7 }]);
