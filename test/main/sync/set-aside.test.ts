import faunadb from 'faunadb';
import { describe, expect, it, vi } from 'vitest';
import { names } from '../../../src/main/fauna/schema/definition.ts';
import { ACCOUNT, bodyOf, write } from '../notes/helpers.ts';
import { startDevice } from './device.ts';
import { startFauna } from './fauna.ts';

const q = faunadb.query;
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 10 });
const noteRef = (id: string) => q.Ref(q.Collection(names.collection), id);

describe('a note that cannot be synced', () => {
  it('is set aside when it is too large, says so, and the others go', async () => {
    const fauna = await startFauna();
    const { store, engine } = startDevice({ gateway: fauna.gateway, token: await fauna.tokenFor(ACCOUNT) });
    const large = store.create({ body: 'x'.repeat(5 * 1024 * 1024) });
    const small = store.create({ body: 'small' });
    await until(() => expect(engine.status().setAside).toMatchObject([{ id: large.id }]));
    await until(() => expect(engine.status().state).toBe('synced'));
    expect(engine.status()).toMatchObject({
      waiting: 1,
      setAside: [{ failure: { code: 'note-too-large', mend: expect.stringContaining('Split') } }],
    });
    expect(store.summaries([large.id, small.id]).map(({ sync }) => sync)).toEqual(['set-aside', 'synced']);
  });

  it('is named when another program wrote it, too large to be taken up, and nothing of it was here before', async () => {
    const fauna = await startFauna();
    const { store, engine } = startDevice({ gateway: fauna.gateway, token: await fauna.tokenFor(ACCOUNT) });
    const small = store.create({ body: 'small' });
    await until(() => expect(engine.status()).toMatchObject({ state: 'synced', waiting: 0 }));
    const large = { owner: ACCOUNT, body: `# Minutes\n${'x'.repeat(5 * 1024 * 1024)}` };
    await fauna.transport.query(fauna.admin, q.Create(noteRef('7'), { data: large }));
    engine.syncNow();
    await until(() =>
      expect(engine.status()).toMatchObject({
        state: 'synced',
        waiting: 1,
        setAside: [{ id: '7', title: 'Minutes', failure: { code: 'foreign-write-too-large' } }],
      }),
    );
    expect(store.sync.unsynced()).toEqual([]);
    write(store, small.id, ' and edited');
    await until(() =>
      expect(store.summaries([small.id])).toMatchObject([{ sync: 'synced', title: 'small and edited' }]),
    );

    await fauna.transport.query(fauna.admin, q.Update(noteRef('7'), { data: { body: 'split' } }));
    engine.syncNow();
    await until(() => expect(store.summaries(['7'])).toMatchObject([{ title: 'split' }]));
    await until(() => expect(engine.status()).toMatchObject({ state: 'synced', waiting: 0, setAside: [] }));
  });

  it('is set aside when another owner has its id, and no other note waits for it', async () => {
    const fauna = await startFauna();
    const device = startDevice({ gateway: fauna.gateway, token: await fauna.tokenFor(ACCOUNT) });
    await until(() => expect(device.engine.status().state).toBe('synced'));
    fauna.network.up = false;
    const mine = device.store.create({ body: 'mine' });
    const others = Array.from({ length: 9 }, (_, at) => device.store.create({ body: `note ${at}` }));
    fauna.network.up = true;
    await fauna.transport.query(fauna.admin, q.Create(noteRef(mine.id), { data: { owner: 'somebody else' } }));
    device.engine.reconnected();
    await until(() => expect(device.engine.status().setAside).toMatchObject([{ id: mine.id }]));
    expect(device.engine.status().setAside[0]?.failure.code).toBe('note-refused');
    expect(device.store.summaries(others.map(({ id }) => id)).every(({ sync }) => sync === 'synced')).toBe(true);
  });

  it('is not set aside when it is the role that refuses everything: that is said instead', async () => {
    const fauna = await startFauna();
    const { store, engine } = startDevice({ gateway: fauna.gateway, token: await fauna.tokenFor(ACCOUNT) });
    await until(() => expect(engine.status().state).toBe('synced'));
    const role = q.Role(names.role);
    const privileges = (await fauna.transport.query(fauna.admin, q.Select(['privileges'], q.Get(role)))) as {
      actions: object;
    }[];
    const lookOnly = privileges.map((one) => ({
      ...one,
      actions: { ...one.actions, create: false, create_with_id: false },
    }));
    await fauna.transport.query(fauna.admin, q.Update(role, { privileges: lookOnly }));
    for (let at = 0; at < 5; at++) store.create({ body: `note ${at}` });
    await until(() => expect(engine.status()).toMatchObject({ state: 'failed', waiting: 5, setAside: [] }));
    expect(engine.status().failure?.code).toBe('fauna-permission-denied');

    await fauna.transport.query(fauna.admin, q.Update(role, { privileges }));
    engine.syncNow();
    await until(() => expect(engine.status()).toMatchObject({ state: 'synced', waiting: 0 }));
  });

  it('of another program, malformed, is left out, and what comes after it arrives', async () => {
    const fauna = await startFauna();
    const { store, engine } = startDevice({ gateway: fauna.gateway, token: await fauna.tokenFor(ACCOUNT) });
    await until(() => expect(engine.status().state).toBe('synced'));
    const write1 = (id: string, data: object) =>
      fauna.transport.query(fauna.admin, q.Create(noteRef(id), { data: { owner: ACCOUNT, ...data } }));
    await write1('1', { body: 'odd', state: 'not bytes', tags: [7, ' ok '] });
    await write1('3', { body: 7, title: ['nothing'] });
    await write1('2', { body: 'good', tags: 'not a list', pinned: 'yes', editedAt: -5, state: 12 });
    engine.syncNow();
    await until(() => expect(store.list().some(({ title }) => title === 'good')).toBe(true));
    await until(() => expect(store.list().find(({ id }) => id === '1')?.tags).toEqual(['ok']));
    await until(() => expect(engine.status()).toMatchObject({ state: 'synced', waiting: 0, setAside: [] }));
  });
});

describe('signing out and in', () => {
  it('says that a sign-in is needed, keeps what waits, and goes on after it', async () => {
    const fauna = await startFauna();
    let secret: string | null = null;
    const { store, engine } = startDevice({
      gateway: fauna.gateway,
      token: {
        get: async () =>
          secret
            ? { ok: true, value: { secret, expiresAt: Date.now() + 3_600_000 } }
            : { ok: false, failure: { code: 'not-signed-in', message: 'Nobody is signed in.' } },
        forget: () => {},
      },
    });
    const note = store.create({ body: 'waits' });
    await until(() => expect(engine.status()).toMatchObject({ state: 'needs-sign-in', waiting: 1 }));
    secret = await fauna.tokenFor(ACCOUNT);
    engine.reconnected();
    await until(() => expect(engine.status()).toMatchObject({ state: 'synced', waiting: 0 }));
    write(store, note.id, '!');
    expect(bodyOf(store, note.id)).toBe('waits!');
  });

  it('forgets a token that Fauna refuses and goes on with the next', async () => {
    const fauna = await startFauna();
    const tokens = ['refused', await fauna.tokenFor(ACCOUNT)];
    let forgotten = 0;
    const { engine } = startDevice({
      gateway: fauna.gateway,
      token: {
        get: async () => ({
          ok: true,
          value: { secret: tokens[Math.min(forgotten, 1)] as string, expiresAt: Date.now() + 3_600_000 },
        }),
        forget: () => {
          forgotten += 1;
        },
      },
    });
    await until(() => expect(engine.status().state).toBe('synced'));
    expect(forgotten).toBeGreaterThan(0);
  });
});
