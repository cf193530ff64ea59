import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { NotesStore } from '../../../src/main/notes/notes-store.ts';
import type { OutgoingNote } from '../../../src/main/notes/remote/outgoing.ts';
import type { RemoteText } from '../../../src/main/notes/remote/remote-note.ts';
import { failure } from '../../../src/shared/failure.ts';
import {
  asNextBurrowFinds,
  bodyOf,
  Editor,
  failureCode,
  openStore,
  seededRandom,
  temporaryFile,
  virtualClock,
  write,
} from './helpers.ts';
import { SmallServer } from './small-server.ts';

function devices(count = 2): { server: SmallServer; stores: NotesStore[]; clock: ReturnType<typeof virtualClock> } {
  const clock = virtualClock();
  const stores = Array.from({ length: count }, (_, i) =>
    openStore({ device: `device ${i}`, clock, random: seededRandom(i + 1) }),
  );
  return { server: new SmallServer(), stores, clock };
}

/** Two devices that both have one note, all sent and pulled. */
function sharedNote(body: string) {
  const { server, stores, clock } = devices();
  const [here, there] = stores as [NotesStore, NotesStore];
  const { id } = here.create({ body });
  server.settle(here, there);
  return { server, here, there, id, clock };
}

const replace = (store: NotesStore, id: string, from: string, to: string) =>
  store.restoreBody(id, bodyOf(store, id).replace(from, to));

describe('pushing', () => {
  it('sends readable fields and the document, and the note is synced once that is acknowledged', () => {
    const { server, stores } = devices(1);
    const [store] = stores as [NotesStore];
    const { id, createdAt, editedAt } = store.create({ body: '# Hello\nworld', tags: ['b', 'a'] });
    const [sent] = store.sync.outgoing({ notes: 10, bytes: 1000 });
    expect(sent).toMatchObject({
      kind: 'note',
      id,
      baseTs: null,
      title: 'Hello',
      body: '# Hello\nworld',
      tags: ['a', 'b'],
      pinned: false,
      trashedAt: null,
      createdAt,
      editedAt,
      device: 'device 0',
      foreign: null,
    });
    expect(store.sync.waiting).toBe(1);
    server.push(store);
    expect(store.sync.waiting).toBe(0);
    expect(store.list()).toMatchObject([{ id, sync: 'synced' }]);
    expect(server.pull(store)).toEqual({ [id]: 'known' });
  });

  it('leaves an edit made while the push was on its way waiting', () => {
    const { server, stores } = devices(1);
    const [store] = stores as [NotesStore];
    const { id } = store.create({ body: 'one' });
    const [sent] = store.sync.outgoing({ notes: 10, bytes: 1000 }) as [OutgoingNote];
    write(store, id, ' two');
    store.sync.acknowledge([{ sent, ts: server.write(sent) ?? 0 }]);
    expect(store.summaries([id])).toMatchObject([{ sync: 'waiting' }]);
    server.push(store);
    expect(server.text(id).body).toBe('one two');
  });

  it('takes a late or doubled answer for what it is', () => {
    const { server, stores } = devices(1);
    const [store] = stores as [NotesStore];
    const { id } = store.create({ body: 'one' });
    const [first] = store.sync.outgoing({ notes: 10, bytes: 1000 }) as [OutgoingNote];
    const ts = server.write(first) ?? 0;
    store.sync.acknowledge([{ sent: first, ts }]);
    write(store, id, ' two');
    store.sync.acknowledge([{ sent: first, ts }]);
    expect(store.sync.waiting).toBe(1);
    server.push(store);
    expect(server.text(id).body).toBe('one two');
  });

  it('finds that the server has it when the answer was lost', () => {
    const { server, stores } = devices(1);
    const [store] = stores as [NotesStore];
    const { id } = store.create({ body: 'one' });
    const [sent] = store.sync.outgoing({ notes: 10, bytes: 1000 }) as [OutgoingNote];
    server.write(sent);
    expect(server.pull(store)).toEqual({ [id]: 'merged' });
    expect(store.sync.waiting).toBe(0);
    expect(bodyOf(store, id)).toBe('one');
  });

  it('is not set back by an answer that a pull has overtaken', () => {
    const { server, here, there, id } = sharedNote('one');
    write(here, id, ' two');
    const [sent] = here.sync.outgoing({ notes: 10, bytes: 1000 }) as [OutgoingNote];
    const ts = server.write(sent) ?? 0;
    server.settle(there);
    write(there, id, ' three');
    server.push(there);
    server.pull(here);
    here.sync.acknowledge([{ sent, ts }]);
    expect(server.pull(here)).toEqual({ [id]: 'known' });
    expect(bodyOf(here, id)).toBe('one two three');
  });

  it('fills a batch up to its size, and always sends at least one note', () => {
    const { stores } = devices(1);
    const [store] = stores as [NotesStore];
    for (let i = 0; i < 5; i++) store.create({ body: 'x'.repeat(1000) });
    expect(store.sync.outgoing({ notes: 10, bytes: 10 })).toHaveLength(1);
    expect(store.sync.outgoing({ notes: 10, bytes: 5000 })).toHaveLength(2);
    expect(store.sync.outgoing({ notes: 3, bytes: 50_000 })).toHaveLength(3);
  });

  it('sets a refused note aside, sends the others, and tries again after an edit or on request', () => {
    const { stores } = devices(1);
    const [store] = stores as [NotesStore];
    const large = store.create({ body: 'large' });
    const small = store.create({ body: 'small' });
    const why = failure('note-too-large', 'Too large.');
    const refuse = () =>
      store.sync.setAside(
        store.sync.outgoing({ notes: 10, bytes: 1000 }).find(({ id }) => id === large.id) as OutgoingNote,
        why,
      );
    refuse();
    expect(store.sync.outgoing({ notes: 10, bytes: 1000 }).map(({ id }) => id)).toEqual([small.id]);
    expect(store.sync.setAsideNotes()).toEqual([{ id: large.id, title: 'large', failure: why }]);
    expect(store.summaries([large.id])).toMatchObject([{ sync: 'set-aside' }]);
    expect(store.sync.waiting).toBe(2);
    expect(store.sync.unsynced().map(({ id }) => id)).toEqual([large.id, small.id]);
    store.sync.retry();
    expect(store.sync.outgoing({ notes: 10, bytes: 1000 })).toHaveLength(2);
    refuse();
    write(store, large.id, ' edit');
    expect(store.summaries([large.id])).toMatchObject([{ sync: 'waiting' }]);
  });
});

describe('merging', () => {
  it('brings edits of different lines together and leaves no conflict', () => {
    const { server, here, there, id } = sharedNote('first\nsecond\nthird');
    replace(here, id, 'first', 'FIRST');
    replace(there, id, 'third', 'THIRD');
    server.settle(here, there);
    for (const store of [here, there]) {
      expect(bodyOf(store, id)).toBe('FIRST\nsecond\nTHIRD');
      expect(store.summaries([id])).toMatchObject([{ sync: 'synced', conflicted: false }]);
    }
    expect(here.list()).toEqual(there.list());
  });

  it('offers both texts when both changed the same line, until the person is content', () => {
    const { server, here, there, id } = sharedNote('shopping\nmilk\nbread');
    replace(here, id, 'milk', 'oat milk');
    replace(there, id, 'milk', 'milk, 2 litres');
    server.settle(here, there);
    expect(bodyOf(there, id)).toBe(bodyOf(here, id));
    expect(bodyOf(there, id)).toBe('shopping\noat milk, 2 litres\nbread');
    expect(there.conflict(id)).toMatchObject({
      mine: 'shopping\nmilk, 2 litres\nbread',
      theirs: 'shopping\noat milk\nbread',
    });
    expect(there.summaries([id])).toMatchObject([{ conflicted: true }]);
    const kept = there.versions(id).map(({ version }) => there.versionBody(id, version));
    expect(kept).toEqual(expect.arrayContaining(['shopping\nmilk, 2 litres\nbread', 'shopping\noat milk\nbread']));
    expect(there.resolveConflict(id)).toMatchObject({ conflicted: false, sync: 'synced' });
    expect(there.conflict(id)).toBeNull();
  });

  it('sees no conflict where another device went on from what this one had sent', () => {
    const { server, here, there, id } = sharedNote('milk\nbread');
    // The answer is lost, the other device edits the same line, and this device learns of both at once.
    replace(here, id, 'milk', 'oat milk');
    server.write(here.sync.outgoing({ notes: 1, bytes: 1 })[0] as OutgoingNote);
    server.pull(there);
    replace(there, id, 'oat milk', 'oat milk, 2 litres');
    server.push(there);
    server.pull(here);
    expect(bodyOf(here, id)).toBe('oat milk, 2 litres\nbread');
    expect(here.conflict(id)).toBeNull();
    // The answer comes, but the person has already edited another line.
    replace(here, id, 'milk', 'MILK');
    const [sent] = here.sync.outgoing({ notes: 1, bytes: 1 }) as [OutgoingNote];
    replace(here, id, 'bread', 'BREAD');
    here.sync.acknowledge([{ sent, ts: server.write(sent) ?? 0 }]);
    server.pull(there);
    replace(there, id, '2 litres', '3 litres');
    server.push(there);
    server.pull(here);
    expect(bodyOf(here, id)).toBe('oat MILK, 3 litres\nBREAD');
    expect(here.conflict(id)).toBeNull();
  });

  it('takes lines that both devices added at the end for no conflict', () => {
    const { server, here, there, id } = sharedNote('list\n');
    replace(here, id, 'list\n', 'list\na\n');
    replace(there, id, 'list\n', 'list\nb\n');
    server.settle(here, there);
    expect(bodyOf(here, id)).toBe(bodyOf(there, id));
    expect([...bodyOf(here, id)].sort().join('').trim()).toBe('abilst');
    expect(there.conflict(id)).toBeNull();
  });

  it('reaches an open editor as an update', () => {
    const { server, here, there, id } = sharedNote('text');
    const editor = new Editor(there.open(id).state);
    there.on('updated', (note, update, origin) => {
      expect([note, origin]).toEqual([id, null]);
      Y.applyUpdate(editor.doc, update);
    });
    write(here, id, ' from here');
    server.settle(here, there);
    expect(editor.text.toString()).toBe('text from here');
  });

  it('tells the list once for a whole page of notes', () => {
    const { server, stores } = devices();
    const [here, there] = stores as [NotesStore, NotesStore];
    const ids = Array.from({ length: 20 }, (_, i) => here.create({ body: `note ${i}` }).id);
    server.push(here);
    const told: string[][] = [];
    there.on('changed', (changed) => told.push(changed));
    server.pull(there);
    expect(told).toHaveLength(1);
    expect(told[0]?.sort()).toEqual(ids.sort());
  });

  it('keeps tags added on both devices', () => {
    const { server, here, there, id } = sharedNote('text');
    here.setTags(id, ['a']);
    there.setTags(id, ['b']);
    server.settle(here, there);
    expect(here.summaries([id])).toMatchObject([{ tags: ['a', 'b'] }]);
    expect(there.list()).toEqual(here.list());
  });

  it('keeps the text that another device deleted among the versions', () => {
    const { server, here, there, id } = sharedNote('precious and plain');
    replace(here, id, 'precious and ', '');
    server.settle(here, there);
    expect(bodyOf(there, id)).toBe('plain');
    const [newest] = there.versions(id);
    expect(there.versionBody(id, newest?.version ?? 0)).toBe('precious and plain');
  });

  it('remembers the cursor only with what came before it', () => {
    const { server, here, there } = sharedNote('text');
    expect(there.sync.cursor).toBe(String([...server.documents.values()].at(-1)?.ts));
    const bad = { kind: 'note', id: '7', ts: Number.NaN } as never;
    expect(() => here.sync.apply([bad, null as never], 'later')).toThrow();
    expect(here.sync.cursor).not.toBe('later');
  });

  it('goes on with the others when one note is poison', () => {
    const { server, stores } = devices();
    const [here, there] = stores as [NotesStore, NotesStore];
    const good = here.create({ body: 'good' });
    server.push(here);
    const poison = { ...server.text(good.id), id: '99', tags: 7 as never };
    const outcomes = there.sync.apply([poison, server.text(good.id)], 'c');
    expect(outcomes).toEqual([
      { id: '99', outcome: 'unreadable' },
      { id: good.id, outcome: 'new' },
    ]);
    expect(there.list().map(({ id }) => id)).toEqual([good.id]);
    expect(there.sync.readLog(10)).toContainEqual(
      expect.objectContaining({ event: 'unreadable', level: 'error', note: '99' }),
    );
  });
});

describe('deletes and edits made apart', () => {
  it('an edit beats a trashing, whoever sends first', () => {
    for (const editorFirst of [true, false]) {
      const { server, here, there, id } = sharedNote('text');
      here.trash(id);
      write(there, id, ' edited');
      server.settle(...(editorFirst ? [there, here] : [here, there]));
      expect(bodyOf(here, id)).toBe('text edited');
      expect(here.summaries([id])).toMatchObject([{ trashedAt: null, sync: 'synced' }]);
      expect(there.list()).toEqual(here.list());
    }
  });

  it('a trashing without an edit elsewhere goes everywhere', () => {
    const { server, here, there, id } = sharedNote('text');
    here.trash(id);
    there.setPinned(id, true);
    server.settle(here, there);
    expect(there.summaries([id])[0]).toMatchObject({ trashedAt: expect.any(Number), pinned: true });
    expect(there.list()).toEqual(here.list());
  });

  it('a purge goes everywhere, and leaves a version of a note that was not in the trash there', () => {
    const { server, here, there, id } = sharedNote('text');
    here.purge(id);
    server.settle(here, there);
    expect([here.list(), there.list()]).toEqual([[], []]);
    expect([here.sync.waiting, there.sync.waiting]).toEqual([0, 0]);
  });

  it('an edit beats a purge, whoever sends first', () => {
    for (const editorFirst of [true, false]) {
      const { server, here, there, id } = sharedNote('text');
      here.purge(id);
      write(there, id, ' edited');
      server.settle(...(editorFirst ? [there, here] : [here, there]));
      expect(bodyOf(here, id)).toBe('text edited');
      expect(bodyOf(there, id)).toBe('text edited');
    }
  });

  it('a purge stands when the server only has what was purged', () => {
    const { server, stores } = devices();
    const [here, there] = stores as [NotesStore, NotesStore];
    const { id } = here.create({ body: 'text' });
    const [sent] = here.sync.outgoing({ notes: 1, bytes: 1 }) as [OutgoingNote];
    server.write(sent);
    here.purge(id);
    expect(server.pull(here)).toEqual({ [id]: 'purge-stands' });
    server.settle(here, there);
    expect([here.list(), there.list()]).toEqual([[], []]);
  });

  it('an edit that arrives from an open editor after a purge from elsewhere brings the note back', () => {
    const { server, here, there, id } = sharedNote('text');
    const editor = new Editor(there.open(id).state);
    here.purge(id);
    server.settle(here, there);
    expect(failureCode(() => there.open(id))).toBe('note-missing');
    there.save(id, editor.insert(4, ' going on'));
    server.settle(there, here);
    expect(bodyOf(here, id)).toBe('text going on');
  });
});

describe('writes of other FQL clients', () => {
  it('that change the body alone are folded in at the next push, with edits made here', () => {
    const { server, here, there, id } = sharedNote('first\nsecond\nthird');
    server.put({ ...server.text(id), body: 'first\nsecond, by a script\nthird' });
    write(here, id, '\nfourth');
    expect(server.pull(here)).toMatchObject({ [id]: 'foreign' });
    server.settle(here, there);
    for (const store of [here, there]) {
      expect(bodyOf(store, id)).toBe('first\nsecond, by a script\nthird\nfourth');
      expect(store.sync.outgoing({ notes: 1, bytes: 1 })).toEqual([]);
    }
    expect(there.list()).toEqual(here.list());
  });

  it('are not doubled when both devices fold them in, nor when a second one comes before the first is pushed', () => {
    const { server, here, there, id } = sharedNote('text');
    server.put({ ...server.text(id), body: 'text 1' });
    server.pull(here);
    server.pull(there);
    server.put({ ...server.text(id), body: 'text 1 2' });
    server.pull(there);
    server.settle(here, there);
    expect(bodyOf(here, id)).toBe('text 1 2');
    expect(bodyOf(there, id)).toBe('text 1 2');
    expect(server.text(id).body).toBe('text 1 2');
  });

  it('that make a note without a document, or with a broken one, bring the note', () => {
    const { server, stores } = devices();
    const [here, there] = stores as [NotesStore, NotesStore];
    const plain = {
      kind: 'note' as const,
      format: 1,
      body: '# Made elsewhere',
      tags: ['x', 'x', ' '.repeat(70)],
      pinned: true,
      trashedAt: null,
      createdAt: 5,
      editedAt: null,
      device: null,
    };
    server.put({ ...plain, id: '11', state: null } as never);
    server.put({ ...plain, id: '12', state: Uint8Array.of(9, 9, 9) } as never);
    server.pull(here);
    server.settle(here, there);
    for (const id of ['11', '12']) {
      expect(bodyOf(there, id)).toBe('# Made elsewhere');
      expect(there.summaries([id])).toMatchObject([
        { title: 'Made elsewhere', tags: ['x'], pinned: true, createdAt: 5 },
      ]);
    }
    expect(there.list()).toEqual(here.list());
  });

  it('that replace the whole document and leave no state are folded into what is here, with edits made here', () => {
    for (const state of [null, Uint8Array.of(9, 9, 9)]) {
      const { server, here, there, id } = sharedNote('first\nsecond\nthird');
      server.put({ ...server.text(id), state, body: 'first\nsecond, by a script\nthird' });
      write(here, id, '\nfourth');
      server.settle(here, there);
      for (const store of [here, there]) {
        expect(bodyOf(store, id)).toBe('first\nsecond, by a script\nthird\nfourth');
        expect(store.sync.waiting).toBe(0);
      }
      expect(server.text(id).state).not.toEqual(state);
    }
  });

  it('that replace a document of which the server remembers no state leave all lines of both, the same ones once', () => {
    const { server, here, there, id } = sharedNote('first\nsecond');
    write(here, id, '\nthird');
    for (const store of [here, there]) {
      const bare = { ...server.text(id), ts: server.text(id).ts + 1, state: null, earlier: [] };
      expect(store.sync.apply([{ ...bare, body: 'zeroth\nfirst\nsecond', tags: ['script'] }])).toEqual([
        { id, outcome: 'foreign' },
      ]);
    }
    const [sent] = here.sync.outgoing({ notes: 1, bytes: 1 });
    expect(sent).toMatchObject({ body: 'zeroth\nfirst\nsecond\nthird', tags: ['script'], edited: true });
    expect(there.sync.outgoing({ notes: 1, bytes: 1 })).toMatchObject([
      { body: 'zeroth\nfirst\nsecond', edited: false },
    ]);
  });

  it('that take the state away and no text leave the document to be sent again', () => {
    const { server, here, there, id } = sharedNote('text');
    server.put({ ...server.text(id), state: null });
    server.settle(here, there);
    expect(server.text(id)).toMatchObject({ body: 'text', state: expect.any(Uint8Array) });
    expect([bodyOf(here, id), bodyOf(there, id)]).toEqual(['text', 'text']);
  });

  it('are not doubled when a new device made its own document of them before this one came back', () => {
    const { server, here, there, id } = sharedNote('first\nsecond');
    server.put({ ...server.text(id), state: null, body: 'first, by a script\nsecond' });
    const fresh = openStore({ device: 'new' });
    server.settle(fresh);
    fresh.save(id, new Editor(fresh.open(id).state).insert(0, 'zeroth\n'));
    server.settle(fresh);
    write(here, id, ' and edited');
    server.settle(here, there, fresh);
    for (const store of [here, there, fresh]) {
      expect(bodyOf(store, id)).toBe('zeroth\nfirst, by a script\nsecond and edited');
      expect(store.sync.waiting).toBe(0);
    }
  });

  it('that change only tags, pin and trash are folded in', () => {
    const { server, here, there, id } = sharedNote('text');
    server.put({ ...server.text(id), tags: ['script'], pinned: true, trashedAt: 77 });
    server.pull(here);
    server.settle(here, there);
    expect(there.summaries([id])).toMatchObject([{ tags: ['script'], pinned: true, trashedAt: 77 }]);
  });

  it('beat a purge that has not seen them', () => {
    const { server, here, there, id } = sharedNote('text');
    here.purge(id);
    server.put({ ...server.text(id), body: 'text, by a script' });
    server.pull(here);
    server.settle(here, there);
    expect(bodyOf(here, id)).toBe('text, by a script');
  });

  it('that fold into a text with half surrogate pairs come to rest', () => {
    const { server, here, there, id } = sharedNote('odd \ud83c text');
    write(there, id, ' more');
    server.settle(here, there);
    expect(bodyOf(here, id)).toBe(bodyOf(there, id));
  });
});

describe('a note of a higher format', () => {
  it('is shown and never changed', async () => {
    const file = temporaryFile();
    const { server, here, id } = sharedNote('text');
    const there = openStore({ file });
    server.put({ ...server.text(id), format: 2, body: 'new kind', state: Uint8Array.of(255, 255) });
    expect(server.pull(there)).toEqual({ [id]: 'parked' });
    expect(there.summaries([id])).toMatchObject([{ readOnly: true, title: 'new kind', sync: 'synced' }]);
    expect(bodyOf(there, id)).toBe('new kind');
    expect(failureCode(() => there.setPinned(id, true))).toBe('note-read-only');
    expect(failureCode(() => write(there, id, 'x'))).toBe('note-read-only');
    expect(there.sync.outgoing({ notes: 1, bytes: 1 })).toEqual([]);
    server.push(here);
  });

  it('is fetched again, where nothing could be kept of it, and merged by a Burrow that understands it', async () => {
    const { server, here, id } = sharedNote('text');
    const file = temporaryFile();
    const there = openStore({ file });
    const understood = server.text(id);
    server.put({ ...understood, format: 2, body: 'new kind', state: Uint8Array.of(255, 255) });
    server.pull(there);
    await there.close();
    asNextBurrowFinds(file);
    const updated = openStore({ file });
    // What is here of it is not the note, so it can be edited once that has been fetched.
    expect(updated.sync.known()).toMatchObject([{ id, ts: 1, live: true }]);
    expect(updated.summaries([id])).toMatchObject([{ title: 'new kind', readOnly: true }]);
    expect(() => write(updated, id, '.')).toThrow(
      expect.objectContaining({
        failure: {
          code: 'note-read-only',
          message: 'This note was written by a newer Burrow than the one you had, and is fetched again by this one.',
          mend: 'Edit it once Burrow has synced.',
        },
      }),
    );
    write(here, id, ' and more');
    server.put({ ...understood, state: here.open(id).state, body: 'text and more' });
    server.pull(updated);
    expect(bodyOf(updated, id)).toBe('text and more');
    expect(updated.summaries([id])).toMatchObject([{ readOnly: false, sync: 'synced' }]);
    write(updated, id, '.');
    expect(bodyOf(updated, id)).toBe('text and more.');
  });

  describe('that came as a document', () => {
    /** A second device that could only show what the first one writes now, after its update. */
    async function updatedAfter(change: (note: RemoteText) => Partial<RemoteText> = () => ({}), edit = '') {
      const { server, here, id } = sharedNote('text');
      const file = temporaryFile();
      const there = openStore({ file });
      server.pull(there);
      if (edit) write(there, id, edit);
      write(here, id, ' and more');
      server.push(here);
      server.put({ ...server.text(id), format: 2, ...change(server.text(id)) });
      expect(server.pull(there)).toEqual({ [id]: 'parked' });
      await there.close();
      asNextBurrowFinds(file);
      server.put({ ...server.text(id), format: 1 });
      return { server, here, id, file, updated: openStore({ file }) };
    }

    it('is a note again as soon as a Burrow understands it, with no server to ask', async () => {
      const { server, here, id, updated } = await updatedAfter();
      expect(updated.summaries([id])).toMatchObject([{ title: 'text and more', readOnly: false, sync: 'synced' }]);
      expect(updated.sync.known()).toEqual([{ id, ts: server.text(id).ts - 1000, live: true }]);
      write(updated, id, '.');
      server.settle(updated, here);
      expect(bodyOf(here, id)).toBe('text and more.');
    });

    it('is merged with edits that waited for it', async () => {
      const { server, here, id, updated } = await updatedAfter(undefined, '\nmine');
      expect(bodyOf(updated, id)).toContain('and more');
      expect(bodyOf(updated, id)).toContain('mine');
      expect(updated.summaries([id])).toMatchObject([{ readOnly: false, sync: 'waiting' }]);
      server.settle(updated, here);
      expect(bodyOf(here, id)).toBe(bodyOf(updated, id));
    });

    it('is sent again, the same document, when the server has lost it; not before it is understood', async () => {
      const { server, here, id, updated } = await updatedAfter();
      server.documents.clear();
      expect(updated.sync.resend([id])).toBe(1);
      server.push(updated);
      expect(server.text(id)).toMatchObject({ body: 'text and more' });
      // Who wrote it comes back: nothing is there twice.
      server.settle(here, updated);
      for (const store of [here, updated]) expect(bodyOf(store, id)).toBe('text and more');

      const old = openStore();
      server.put({ ...server.text(id), format: 2 });
      server.pull(old);
      expect(old.sync.resend([id])).toBe(0);
      expect(old.summaries([id])).toMatchObject([{ readOnly: true, sync: 'synced' }]);
    });

    it('is sent again with what another client had written into it, once the server has nothing of either', async () => {
      const { server, here, id, updated } = await updatedAfter(({ body }) => ({ body: `${body}, by a script` }));
      // The server is asked first, as with any other client's write.
      expect(updated.summaries([id])).toMatchObject([{ readOnly: true }]);
      server.documents.clear();
      updated.sync.forgetForeign([id]);
      expect(updated.sync.resend([id])).toBe(1);
      expect(updated.summaries([id])).toMatchObject([{ readOnly: false, sync: 'waiting' }]);
      server.settle(updated, here);
      for (const store of [here, updated]) expect(bodyOf(store, id)).toBe('text and more, by a script');
    });

    it('stays purged when it was purged meanwhile', async () => {
      const { server, here, id } = sharedNote('text');
      const file = temporaryFile();
      const there = openStore({ file });
      server.put({ ...server.text(id), format: 2 });
      server.pull(there);
      server.put({ kind: 'purged', id });
      expect(server.pull(there)).toEqual({ [id]: 'purged' });
      await there.close();
      asNextBurrowFinds(file);
      expect(openStore({ file }).list()).toEqual([]);
      server.pull(here);
    });
  });

  it('is sent again as it is shown when the server has lost it and nothing else was kept', async () => {
    const { server, id } = sharedNote('text');
    const file = temporaryFile();
    const there = openStore({ file });
    server.put({ ...server.text(id), format: 2, body: 'new kind', state: null });
    server.pull(there);
    await there.close();
    asNextBurrowFinds(file);
    const updated = openStore({ file });
    expect(updated.summaries([id])).toMatchObject([{ readOnly: true }]);
    server.documents.clear();
    expect(updated.sync.resend([id])).toBe(1);
    server.push(updated);
    expect(server.text(id)).toMatchObject({ body: 'new kind' });
    write(updated, id, '.');
    expect(bodyOf(updated, id)).toBe('new kind.');
  });

  it('leaves edits that were not sent in place, set aside', () => {
    const { server, there, id } = sharedNote('text');
    write(there, id, ' mine');
    server.put({ ...server.text(id), format: 2, body: 'new kind', state: Uint8Array.of(255, 255) });
    expect(server.pull(there)).toEqual({ [id]: 'parked' });
    expect(bodyOf(there, id)).toBe('text mine');
    expect(there.summaries([id])).toMatchObject([{ readOnly: true, sync: 'set-aside' }]);
  });

  it('can be edited and sent again once it is purged elsewhere: nothing of the higher format is left', () => {
    const { server, there, id } = sharedNote('text');
    write(there, id, ' mine');
    server.put({ ...server.text(id), format: 2, body: 'new kind', state: Uint8Array.of(255, 255) });
    server.pull(there);
    server.put({ kind: 'purged', id });
    expect(server.pull(there)).toEqual({ [id]: 'kept-edit' });
    expect(there.summaries([id])).toMatchObject([{ readOnly: false, sync: 'waiting' }]);
    server.push(there);
    expect(server.text(id)).toMatchObject({ body: 'text mine' });
    expect(there.summaries([id])).toMatchObject([{ readOnly: false, sync: 'synced' }]);
  });
});

describe('the sync log', () => {
  it('is kept over a restart, the newest first, and bounded', async () => {
    const file = temporaryFile();
    const store = openStore({ file });
    for (let i = 0; i < 30; i++) store.sync.log({ event: 'tick', detail: { i } });
    await store.close();
    const again = openStore({ file });
    const [newest] = again.sync.readLog(1);
    expect(newest).toMatchObject({ event: 'tick', level: 'info', note: null, detail: { i: 29 } });
    expect(again.sync.readLog(2, newest?.entry)).toMatchObject([{ detail: { i: 28 } }, { detail: { i: 27 } }]);
  });

  it('never holds what a note says', () => {
    const { server, here, there, id } = sharedNote('very private');
    replace(here, id, 'very', 'most');
    replace(there, id, 'very', 'so');
    server.settle(here, there);
    expect(JSON.stringify(there.sync.readLog(1000))).not.toContain('private');
  });
});
