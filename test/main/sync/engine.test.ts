import faunadb from 'faunadb';
import { describe, expect, it, vi } from 'vitest';
import { ACCOUNT, bodyOf, temporaryFile, write } from '../notes/helpers.ts';
import { startDevice } from './device.ts';
import { startFauna } from './fauna.ts';

const q = faunadb.query;
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 10 });
const noteRef = (id: string) => q.Ref(q.Collection('notes'), id);

describe('the sync engine, through the real driver', () => {
  it('brings a note from one device to another, and an edit back', async () => {
    const fauna = await startFauna();
    const token = await fauna.tokenFor(ACCOUNT);
    const laptop = startDevice({ gateway: fauna.gateway, token });
    const note = laptop.store.create({ body: 'milk', tags: ['shopping'] });
    await until(() => expect(laptop.engine.status()).toMatchObject({ state: 'synced', waiting: 0, failure: null }));

    const phone = startDevice({ gateway: fauna.gateway, token, device: 'phone' });
    await until(() => expect(phone.store.list()).toMatchObject([{ id: note.id, title: 'milk', tags: ['shopping'] }]));
    write(phone.store, note.id, '\neggs');
    await until(() => expect(phone.engine.status()).toMatchObject({ state: 'synced', waiting: 0 }));
    laptop.engine.syncNow();
    await until(() => expect(bodyOf(laptop.store, note.id)).toBe('milk\neggs'));
  });

  it('merges what two devices wrote while one was cut off, losing neither', async () => {
    const fauna = await startFauna();
    const token = await fauna.tokenFor(ACCOUNT);
    const laptop = startDevice({ gateway: fauna.gateway, token });
    const note = laptop.store.create({ body: 'one line' });
    await until(() => expect(laptop.engine.status().state).toBe('synced'));
    const phone = startDevice({ gateway: fauna.gateway, token, device: 'phone' });
    await until(() => expect(phone.store.list()).toHaveLength(1));

    fauna.network.up = false;
    write(laptop.store, note.id, ' from the laptop');
    write(phone.store, note.id, ' from the phone');
    await until(() => expect(laptop.engine.status()).toMatchObject({ state: 'offline', waiting: 1 }));
    expect(laptop.engine.status().failure?.code).toBe('fauna-unreachable');

    fauna.network.up = true;
    laptop.engine.reconnected();
    await until(() => expect(laptop.engine.status()).toMatchObject({ state: 'synced', waiting: 0 }));
    phone.engine.reconnected();
    await until(() => expect(phone.engine.status()).toMatchObject({ state: 'synced', waiting: 0 }));
    laptop.engine.syncNow();
    await until(() => expect(bodyOf(laptop.store, note.id)).toBe(bodyOf(phone.store, note.id)));
    expect(bodyOf(phone.store, note.id)).toContain('from the laptop');
    expect(bodyOf(phone.store, note.id)).toContain('from the phone');
  });

  it('finds a note that another FQL client deleted outright, and keeps one that is edited here', async () => {
    const fauna = await startFauna();
    const token = await fauna.tokenFor(ACCOUNT);
    const file = temporaryFile();
    const laptop = startDevice({ gateway: fauna.gateway, token, file });
    const gone = laptop.store.create({ body: 'gone' });
    const kept = laptop.store.create({ body: 'kept' });
    await until(() => expect(laptop.engine.status()).toMatchObject({ state: 'synced', waiting: 0 }));
    laptop.engine.stop();
    await fauna.transport.query(fauna.admin, q.Do(q.Delete(noteRef(gone.id)), q.Delete(noteRef(kept.id))));
    write(laptop.store, kept.id, ' and edited');
    await laptop.store.close();

    const again = startDevice({ gateway: fauna.gateway, token, file });
    await until(() => expect(again.store.list().map(({ title }) => title)).toEqual(['kept and edited']));
    await until(() => expect(again.engine.status()).toMatchObject({ state: 'synced', waiting: 0 }));
    expect(await fauna.transport.query(fauna.admin, q.Exists(noteRef(gone.id)))).toBe(false);
    expect(await fauna.transport.query(fauna.admin, q.Select(['data', 'body'], q.Get(noteRef(kept.id))))).toBe(
      'kept and edited',
    );
  });

  it('folds in what another FQL client wrote into the readable fields only', async () => {
    const fauna = await startFauna();
    const token = await fauna.tokenFor(ACCOUNT);
    const laptop = startDevice({ gateway: fauna.gateway, token });
    const note = laptop.store.create({ body: 'before' });
    await until(() => expect(laptop.engine.status()).toMatchObject({ state: 'synced', waiting: 0 }));
    await fauna.transport.query(fauna.admin, q.Update(noteRef(note.id), { data: { body: 'before and after' } }));
    laptop.engine.syncNow();
    await until(() => expect(bodyOf(laptop.store, note.id)).toBe('before and after'));
    const versions = await laptop.engine.versions(note.id);
    expect(versions.map(({ body }) => body)).toEqual(['before and after', 'before and after', 'before']);
  });

  it('finds in the history the document that another FQL client has replaced by a text, and doubles nothing', async () => {
    const fauna = await startFauna();
    const token = await fauna.tokenFor(ACCOUNT);
    const [laptopFile, phoneFile] = [temporaryFile(), temporaryFile()];
    const start = (device: string, file: string) => startDevice({ gateway: fauna.gateway, token, device, file });
    const synced = ({ engine }: ReturnType<typeof startDevice>) =>
      until(() => expect(engine.status()).toMatchObject({ state: 'synced', waiting: 0, setAside: [] }));
    const end = async ({ engine, store }: ReturnType<typeof startDevice>) => {
      engine.stop();
      await store.close();
    };
    const laptop = start('laptop', laptopFile);
    const { id } = laptop.store.create({ body: 'one\n' });
    await synced(laptop);
    const phone = start('phone', phoneFile);
    await until(() => expect(phone.store.list()).toHaveLength(1));
    await end(phone);
    // The phone has never seen the document that has the second line.
    write(laptop.store, id, 'two\n');
    await synced(laptop);
    await end(laptop);
    const data = { owner: ACCOUNT, body: 'one\ntwo\nthree\n', state: 'no state' };
    await fauna.transport.query(fauna.admin, q.Replace(noteRef(id), { data }));

    const again = [start('phone', phoneFile), start('laptop', laptopFile)];
    for (const device of again) await until(() => expect(bodyOf(device.store, id)).toBe('one\ntwo\nthree\n'));
    for (const device of again) await synced(device);
    expect(again.map(({ store }) => bodyOf(store, id))).toEqual(['one\ntwo\nthree\n', 'one\ntwo\nthree\n']);
  });

  it('makes no note again that was deleted outright, when all that waits is what another FQL client had written', async () => {
    const fauna = await startFauna();
    const token = await fauna.tokenFor(ACCOUNT);
    const made = q.Create(noteRef('7'), { data: { owner: ACCOUNT, body: 'by a script' } });
    await fauna.transport.query(fauna.admin, made);
    const push: typeof fauna.gateway.push = async (...question) => {
      await fauna.transport.query(fauna.admin, q.If(q.Exists(noteRef('7')), q.Delete(noteRef('7')), null));
      return fauna.gateway.push(...question);
    };
    const laptop = startDevice({ gateway: { ...fauna.gateway, push }, token });
    await until(() => expect(laptop.store.sync.readLog(9).map(({ event }) => event)).toContain('first-sync'));
    const mine = laptop.store.create({ body: 'mine' });
    await until(() => expect(laptop.engine.status()).toMatchObject({ state: 'synced', waiting: 0, setAside: [] }));
    expect(laptop.store.list().map(({ id }) => id)).toEqual([mine.id]);
    expect(await fauna.transport.query(fauna.admin, q.Exists(noteRef('7')))).toBe(false);
  });
});
