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
});
