import faunadb from 'faunadb';
import { describe, expect, it, vi } from 'vitest';
import { names, notesOwnerRole } from '../../../src/main/fauna/schema/definition.ts';
import { ACCOUNT, asNextBurrowFinds, bodyOf, temporaryFile, write } from '../notes/helpers.ts';
import { startDevice } from './device.ts';
import { startEmbedded } from './fauna.ts';

const q = faunadb.query;
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 10 });
const noteRef = (id: string) => q.Ref(q.Collection(names.collection), id);
type Fauna = Awaited<ReturnType<typeof startEmbedded>>;
type Device = ReturnType<typeof startDevice>;

const settled = ({ engine }: Device) =>
  until(() => expect(engine.status()).toMatchObject({ state: 'synced', waiting: 0, setAside: [] }));

const titles = ({ store }: Device) =>
  store
    .list()
    .map(({ title }) => title)
    .sort();

const textsThere = (fauna: Fauna, ids: string[]) =>
  fauna.transport.query(
    fauna.admin,
    ids.map((id) => q.If(q.Exists(noteRef(id)), q.Select(['data', 'body'], q.Get(noteRef(id)), 'deleted'), 'missing')),
  );

const changeRole = (fauna: Fauna, actions: object) => {
  const [notes, ...others] = notesOwnerRole.privileges;
  const privileges = [{ ...notes, actions: { ...notes?.actions, ...actions } }, ...others];
  return fauna.transport.query(fauna.admin, q.Update(q.Role(names.role), { privileges }));
};

describe('a Fauna restored from an older backup', () => {
  it('gets again what it has lost: new notes, edits, and the person is told', async () => {
    const fauna = await startEmbedded();
    const token = await fauna.tokenFor(ACCOUNT);
    const file = temporaryFile();
    const first = startDevice({ gateway: fauna.gateway, token, file });
    const same = first.store.create({ body: 'same' });
    const edited = first.store.create({ body: 'edited' });
    const trashed = first.store.create({ body: 'trashed' });
    await settled(first);
    await fauna.backUp();
    write(first.store, edited.id, ' since');
    first.store.trash(trashed.id);
    const made = Array.from({ length: 120 }, (_, at) => first.store.create({ body: `made since ${at}` }));
    await settled(first);
    first.engine.stop();
    await first.store.close();
    await fauna.restore();

    const again = startDevice({ gateway: fauna.gateway, token, file });
    await until(() => expect(again.engine.status().restored).toMatchObject({ notes: 122 }));
    await settled(again);
    expect(again.store.list()).toHaveLength(123);
    expect(await textsThere(fauna, [same.id, edited.id, ...made.map(({ id }) => id)])).toEqual([
      ...['same', 'edited since'],
      ...made.map((_, at) => `made since ${at}`),
    ]);
    const entries = again.store.sync.readLog(200).filter(({ event }) => event === 'restored');
    expect(entries).toMatchObject([{ level: 'warning', detail: { notes: 122 } }]);
    expect(again.store.sync.readLog(200).map(({ event }) => event)).not.toContain('deleted-elsewhere');

    const phone = startDevice({ gateway: fauna.gateway, token, device: 'phone' });
    await settled(phone);
    await until(() => expect(phone.store.list()).toHaveLength(123));
    expect(phone.store.list().find(({ id }) => id === trashed.id)?.trashedAt).not.toBeNull();
    expect(phone.engine.status().restored).toBeNull();
  });

  it('is noticed by the next edit of a note that went back, without a restart', async () => {
    const fauna = await startEmbedded();
    const device = startDevice({ gateway: fauna.gateway, token: await fauna.tokenFor(ACCOUNT) });
    const note = device.store.create({ body: 'one' });
    await settled(device);
    await fauna.backUp();
    write(device.store, note.id, ' two');
    const made = device.store.create({ body: 'made since' });
    await settled(device);
    await fauna.restore();

    write(device.store, note.id, ' three');
    await until(() => expect(device.engine.status().restored).toMatchObject({ notes: 2 }));
    await settled(device);
    expect(bodyOf(device.store, note.id)).toBe('one two three');
    expect(await textsThere(fauna, [note.id, made.id])).toEqual(['one two three', 'made since']);
  });

  it('brings back what was deleted for good since, and deletes nothing that it has lost', async () => {
    const fauna = await startEmbedded();
    const token = await fauna.tokenFor(ACCOUNT);
    const file = temporaryFile();
    const first = startDevice({ gateway: fauna.gateway, token, file });
    const purged = first.store.create({ body: 'purged since' });
    const gone = first.store.create({ body: 'deleted outright before' });
    await settled(first);
    await fauna.transport.query(fauna.admin, q.Delete(noteRef(gone.id)));
    await fauna.backUp();
    first.store.purge(purged.id);
    const made = first.store.create({ body: 'made since' });
    const both = first.store.create({ body: 'made and deleted for good since' });
    await settled(first);
    first.store.purge(both.id);
    await settled(first);
    first.engine.stop();
    await first.store.close();
    await fauna.restore();

    const again = startDevice({ gateway: fauna.gateway, token, file });
    await until(() =>
      expect(again.store.list().map(({ title }) => title)).toEqual(
        expect.arrayContaining(['purged since', 'made since']),
      ),
    );
    await until(() => expect(again.store.list()).toHaveLength(2));
    await settled(again);
    const there = await textsThere(fauna, [purged.id, gone.id, made.id, both.id]);
    expect(there).toEqual(['purged since', 'missing', 'made since', 'deleted']);
  });

  it('does not undo an edit that had brought a deleted note back', async () => {
    const fauna = await startEmbedded();
    const token = await fauna.tokenFor(ACCOUNT);
    const file = temporaryFile();
    const laptop = startDevice({ gateway: fauna.gateway, token, file });
    const note = laptop.store.create({ body: 'kept' });
    await settled(laptop);
    laptop.engine.stop();
    const phone = startDevice({ gateway: fauna.gateway, token, device: 'phone' });
    await until(() => expect(phone.store.list()).toHaveLength(1));
    phone.store.purge(note.id);
    await settled(phone);
    phone.engine.stop();
    await fauna.backUp();
    write(laptop.store, note.id, ' by an edit');
    await laptop.store.close();
    const second = startDevice({ gateway: fauna.gateway, token, file });
    await settled(second);
    second.engine.stop();
    await second.store.close();
    await fauna.restore();

    const third = startDevice({ gateway: fauna.gateway, token, file });
    await until(() => expect(third.engine.status().restored).toMatchObject({ notes: 1 }));
    await settled(third);
    expect(third.store.list().map(({ title }) => title)).toEqual(['kept by an edit']);
    expect(await textsThere(fauna, [note.id])).toEqual(['kept by an edit']);
  });

  it('gets a note of a newer format again from a device that could only show it, once that understands it', async () => {
    const fauna = await startEmbedded();
    const token = await fauna.tokenFor(ACCOUNT);
    await fauna.backUp();
    const laptopFile = temporaryFile();
    const laptop = startDevice({ gateway: fauna.gateway, token, file: laptopFile });
    const note = laptop.store.create({ body: 'of the next Burrow' });
    await settled(laptop);
    laptop.engine.stop();
    await laptop.store.close();
    await fauna.transport.query(fauna.admin, q.Update(noteRef(note.id), { data: { format: 2 } }));
    const file = temporaryFile();
    const phone = startDevice({ gateway: fauna.gateway, token, file, device: 'phone' });
    await until(() => expect(phone.store.list()).toMatchObject([{ readOnly: true }]));
    await settled(phone);
    phone.engine.stop();
    await phone.store.close();
    await fauna.restore();

    asNextBurrowFinds(file);
    const updated = startDevice({ gateway: fauna.gateway, token, file, device: 'phone' });
    await until(() => expect(updated.engine.status().restored).toMatchObject({ notes: 1 }));
    await settled(updated);
    expect(await textsThere(fauna, [note.id])).toEqual(['of the next Burrow']);
    write(updated.store, note.id, ', edited');
    await settled(updated);
    // The laptop, which wrote it, was away all the time.
    const again = startDevice({ gateway: fauna.gateway, token, file: laptopFile });
    await until(() => expect(bodyOf(again.store, note.id)).toBe('of the next Burrow, edited'));
    await settled(again);
    expect(await textsThere(fauna, [note.id])).toEqual(['of the next Burrow, edited']);
  });
});

describe('when notes were deleted', () => {
  it('is answered for each that may be asked about, whatever the others are, and never written down', async () => {
    const fauna = await startEmbedded();
    const token = await fauna.tokenFor(ACCOUNT);
    const create = (id: string, owner: string) => q.Create(noteRef(id), { data: { owner } });
    await fauna.transport.query(fauna.admin, [
      ...['1', '2'].map((id) => create(id, ACCOUNT)),
      ...['3', '4'].map((id) => create(id, 'user_grace')),
    ]);
    const removed = q.Do(q.Delete(noteRef('2')), q.Delete(noteRef('4')), q.ToMicros(q.Now()));
    const at = (await fauna.transport.query(fauna.admin, removed)) as number;
    const times = await fauna.gateway.deletedAt(token, ['1', '2', '3', '4', '5']);
    expect(times).toEqual([null, expect.any(Number), null, null, 0]);
    expect(Math.abs((times[1] as number) - at)).toBeLessThan(5_000_000);
    expect(
      await fauna.transport.query(
        fauna.admin,
        q.Map(['2', '5'], q.Lambda('id', q.Exists(q.Ref(q.Collection(names.collection), q.Var('id'))))),
      ),
    ).toEqual([false, false]);

    await changeRole(fauna, { create: false, create_with_id: false });
    expect(await fauna.gateway.deletedAt(token, ['2', '5', '6', '7', '8'])).toEqual([null, null, null, null, null]);
    await expect(fauna.gateway.deletedAt('no token', ['2'])).rejects.toMatchObject({ problem: 'unauthorized' });
  });
});

describe('a purge on a restored Fauna', () => {
  it('does not beat an edit that Fauna had acknowledged and lost', async () => {
    const fauna = await startEmbedded();
    const token = await fauna.tokenFor(ACCOUNT);
    const file = temporaryFile();
    const laptop = startDevice({ gateway: fauna.gateway, token, file });
    const note = laptop.store.create({ body: 'first' });
    await settled(laptop);
    await fauna.backUp();
    write(laptop.store, note.id, ' and second');
    await settled(laptop);
    laptop.engine.stop();
    await laptop.store.close();
    await fauna.restore();
    const phone = startDevice({ gateway: fauna.gateway, token, device: 'phone' });
    await until(() => expect(titles(phone)).toEqual(['first']));
    phone.store.purge(note.id);
    await settled(phone);

    const again = startDevice({ gateway: fauna.gateway, token, file });
    await settled(again);
    expect(titles(again)).toEqual(['first and second']);
    await until(() => expect(titles(phone)).toEqual(['first and second']));
    expect(await textsThere(fauna, [note.id])).toEqual(['first and second']);
  });
});

describe('what the role hides', () => {
  it('is not taken for deleted, and is read once it may be', async () => {
    const fauna = await startEmbedded();
    const token = await fauna.tokenFor(ACCOUNT);
    const file = temporaryFile();
    const first = startDevice({ gateway: fauna.gateway, token, file });
    const hiddenId = '7';
    first.store.create({ body: 'mine' });
    await settled(first);
    first.engine.stop();
    await first.store.close();
    const hidden = q.Lambda('ref', q.Not(q.Equals(q.Select(['id'], q.Var('ref')), hiddenId)));
    await changeRole(fauna, { read: q.Query(hidden) });
    const create = (id: string) => q.Create(noteRef(id), { data: { owner: ACCOUNT, body: `note ${id}` } });
    await fauna.transport.query(fauna.admin, create(hiddenId));
    await fauna.transport.query(fauna.admin, create('8'));

    const blind = startDevice({ gateway: fauna.gateway, token, file });
    await settled(blind);
    await until(() => expect(titles(blind)).toEqual(['mine', 'note 8']));
    await settled(blind);
    blind.engine.stop();
    await blind.store.close();
    await changeRole(fauna, {});
    const seeing = startDevice({ gateway: fauna.gateway, token, file });
    await until(() => expect(titles(seeing)).toEqual(['mine', 'note 7', 'note 8']));
    await settled(seeing);
    expect(seeing.engine.status().restored).toBeNull();

    // And the other way round: what was here and is hidden now stays.
    seeing.engine.stop();
    await seeing.store.close();
    await changeRole(fauna, { read: q.Query(hidden) });
    const again = startDevice({ gateway: fauna.gateway, token, file });
    await settled(again);
    await until(() => expect(again.engine.status().syncedAt).not.toBeNull());
    expect(titles(again)).toEqual(['mine', 'note 7', 'note 8']);
    expect(again.engine.status().restored).toBeNull();
  });

  it('is kept when the role may not ask what became of a note that is missing', async () => {
    const fauna = await startEmbedded();
    const token = await fauna.tokenFor(ACCOUNT);
    const file = temporaryFile();
    const first = startDevice({ gateway: fauna.gateway, token, file });
    const note = first.store.create({ body: 'kept' });
    await settled(first);
    first.engine.stop();
    await first.store.close();
    await fauna.transport.query(fauna.admin, q.Delete(noteRef(note.id)));
    await changeRole(fauna, { create: false, create_with_id: false });

    const reader = startDevice({ gateway: fauna.gateway, token, file });
    await settled(reader);
    expect(reader.store.list().map(({ title }) => title)).toEqual(['kept']);
    expect(reader.engine.status().restored).toBeNull();
  });
});
