import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { noteId, noteSummary } from '../../../src/shared/notes/note.ts';
import { bodyOf, Editor, failureCode, openStore, seededRandom, temporaryFile, virtualClock, write } from './helpers.ts';

describe('a new note', () => {
  it('is empty, listed, waiting to be sent, and has an id that the database accepts', () => {
    const clock = virtualClock();
    const store = openStore({ clock });
    const note = store.create();
    expect(noteSummary.parse(note)).toEqual({
      id: noteId.parse(note.id),
      title: '',
      preview: '',
      tags: [],
      pinned: false,
      trashedAt: null,
      createdAt: clock.now(),
      editedAt: clock.now(),
      sync: 'waiting',
      conflicted: false,
      readOnly: false,
    });
    expect(store.list()).toEqual([note]);
    expect(bodyOf(store, note.id)).toBe('');
  });

  it('can be made with a text and tags, as an import does', () => {
    const store = openStore();
    const note = store.create({ body: '# Groceries\n\n- [ ] **milk**', tags: ['home'] });
    expect(note).toMatchObject({ title: 'Groceries', preview: 'milk', tags: ['home'] });
  });

  it('is the same on every run with the same seed', () => {
    const ids = [1, 1].map(() => openStore({ random: seededRandom(7) }).create().id);
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('saving', () => {
  it('answers with title and preview of what was written', () => {
    const clock = virtualClock();
    const store = openStore({ clock });
    const { id } = store.create();
    clock.advance(1000);
    const editor = new Editor(store.open(id).state);
    const saved = store.save(id, editor.insert(0, '\n## Plan ##\n\nFirst *this*, then [that](https://x.test)'));
    expect(saved).toMatchObject({ title: 'Plan', preview: 'First *this*, then that', editedAt: clock.now() });
  });

  it('is still there after the store is closed and opened again', async () => {
    const file = temporaryFile();
    const first = openStore({ file });
    const { id } = first.create();
    for (const word of ['one ', 'two ', 'three']) write(first, id, word);
    await first.close();
    expect(bodyOf(openStore({ file }), id)).toBe('one two three');
  });

  it('keeps every one of hundreds of small edits, compacted on the way', async () => {
    const file = temporaryFile();
    const store = openStore({ file });
    const { id } = store.create();
    const editor = new Editor(store.open(id).state);
    for (let i = 0; i < 300; i++) store.save(id, editor.insert(editor.text.length, `${i} `));
    await store.close();
    const db = new DatabaseSync(file, { readOnly: true });
    expect(db.prepare('SELECT count(*) AS n FROM updates').get()?.n).toBeLessThan(64);
    db.close();
    expect(bodyOf(openStore({ file }), id)).toBe(Array.from({ length: 300 }, (_, i) => `${i} `).join(''));
  });

  it('takes the same update twice as one edit', () => {
    const store = openStore();
    const { id } = store.create();
    const update = new Editor(store.open(id).state).insert(0, 'once');
    store.save(id, update);
    const told: string[][] = [];
    store.on('changed', (ids) => told.push(ids));
    store.save(id, update);
    expect(bodyOf(store, id)).toBe('once');
    expect(told).toEqual([]);
  });

  it('tells the other windows, naming the one that wrote', () => {
    const store = openStore();
    const { id } = store.create();
    const other = new Editor(store.open(id).state);
    const told: unknown[] = [];
    store.on('changed', (ids) => told.push(ids));
    store.on('updated', (note, update, origin) => {
      Y.applyUpdate(other.doc, update);
      told.push([note, origin]);
    });
    store.save(id, new Editor(store.open(id).state).insert(0, 'hello'), 'window 1');
    expect(told).toEqual([[id, 'window 1'], [id]]);
    expect(other.text.toString()).toBe('hello');
  });

  it('merges the edits of two windows that did not know of each other', () => {
    const store = openStore();
    const { id } = store.create({ body: 'middle' });
    const [one, two] = [new Editor(store.open(id).state), new Editor(store.open(id).state)];
    store.save(id, one.insert(0, 'start '));
    store.save(id, two.insert(6, ' end'));
    expect(bodyOf(store, id)).toBe('start middle end');
  });
});

describe('an edit that cannot be taken', () => {
  const hostile: [string, Uint8Array][] = [
    ['no bytes', new Uint8Array(0)],
    ['one byte', Uint8Array.of(1)],
    ['all ones', new Uint8Array(64).fill(255)],
    ['a claim of very many structs', Uint8Array.of(1, 255, 255, 255, 255, 7, 1, 0, 4)],
    ['text', new TextEncoder().encode('{"ops":[{"insert":"hello"}]}')],
    ['a cut update', Y.encodeStateAsUpdate(new Editor(Y.encodeStateAsUpdate(new Y.Doc())).doc).slice(0, 1)],
  ];
  it.each(hostile)('is refused as malformed and changes nothing: %s', (_name, bytes) => {
    const store = openStore();
    const { id } = store.create({ body: 'safe' });
    expect(failureCode(() => store.save(id, bytes))).toBe('edit-malformed');
    expect(bodyOf(store, id)).toBe('safe');
    write(store, id, ' and sound');
    expect(bodyOf(store, id)).toBe('safe and sound');
  });

  it('is refused when an earlier edit never arrived, and taken when the whole note is sent', () => {
    const store = openStore();
    const { id } = store.create();
    const editor = new Editor(store.open(id).state);
    editor.insert(0, 'lost ');
    const second = editor.insert(5, 'found');
    expect(failureCode(() => store.save(id, second))).toBe('edit-incomplete');
    expect(bodyOf(store, id)).toBe('');
    store.save(id, Y.encodeStateAsUpdate(editor.doc));
    expect(bodyOf(store, id)).toBe('lost found');
  });

  it('is refused for a note that is not there', () => {
    const store = openStore();
    expect(failureCode(() => store.save('42', new Uint8Array([0, 0])))).toBe('note-missing');
    expect(failureCode(() => store.open('42'))).toBe('note-missing');
    expect(failureCode(() => store.setPinned('42', true))).toBe('note-missing');
  });

  it('leaves fields of a wrong type out instead of failing', () => {
    const store = openStore();
    const { id } = store.create({ tags: ['good'] });
    const editor = new Editor(store.open(id).state);
    const fields = editor.doc.getMap('fields');
    fields.set('pinned', 'yes');
    fields.set('trashedAt', { $date: 1 });
    fields.set('createdAt', -5);
    fields.set('tag:', true);
    fields.set('tag:bad', 'maybe');
    fields.set(`tag:${'x'.repeat(65)}`, true);
    editor.text.insertEmbed(0, { image: 'x' });
    const saved = store.save(id, editor.takeUpdate());
    expect(saved).toMatchObject({ pinned: false, trashedAt: null, tags: ['good'] });
    expect(noteSummary.safeParse(saved).success).toBe(true);
  });
});

describe('fields', () => {
  it('change without touching when the note was last edited', () => {
    const clock = virtualClock();
    const store = openStore({ clock });
    const note = store.create({ body: 'text' });
    clock.advance(5000);
    expect(store.setPinned(note.id, true)).toMatchObject({ pinned: true, editedAt: note.editedAt });
    expect(store.setTags(note.id, ['b', 'a', 'a'])).toMatchObject({ tags: ['a', 'b'], editedAt: note.editedAt });
    expect(store.trash(note.id)).toMatchObject({ trashedAt: clock.now(), editedAt: note.editedAt });
    expect(store.restore(note.id)).toMatchObject({ trashedAt: null });
    expect(store.setTags(note.id, [])).toMatchObject({ tags: [] });
  });

  it('reach an open editor as an update', () => {
    const store = openStore();
    const { id } = store.create();
    const editor = new Editor(store.open(id).state);
    store.on('updated', (_id, update) => Y.applyUpdate(editor.doc, update));
    store.setTags(id, ['work']);
    expect(editor.doc.getMap('fields').get('tag:work')).toBe(true);
  });
});

describe('deleting for good', () => {
  it('removes note, text, versions and search row, and nothing brings them back', async () => {
    const file = temporaryFile();
    const store = openStore({ file });
    const { id } = store.create({ body: 'a very secret text' });
    const editor = new Editor(store.open(id).state);
    store.purge(id);
    expect(store.list()).toEqual([]);
    expect(failureCode(() => store.save(id, editor.insert(0, 'again')))).toBe('note-missing');
    expect(await store.search('secret')).toEqual([]);
    await store.close();
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(file).includes('a very secret text')).toBe(false);
  });
});

describe('versions', () => {
  it('are kept every few minutes of writing, before a large deletion, and before going back', () => {
    const clock = virtualClock();
    const store = openStore({ clock });
    const { id } = store.create({ body: 'The first draft, long enough to miss.' });
    clock.advance(60_000);
    write(store, id, ' More.');
    clock.advance(60_000);
    write(store, id, ' And more.');
    const editor = new Editor(store.open(id).state);
    store.save(id, editor.delete(0, 30));
    const [deletion, edit, ...rest] = store.versions(id);
    expect(rest).toEqual([]);
    expect(store.versionBody(id, edit?.version ?? 0)).toBe('The first draft, long enough to miss.');
    expect(store.versionBody(id, deletion?.version ?? 0)).toBe('The first draft, long enough to miss. More. And more.');
    expect([deletion?.reason, edit?.reason]).toEqual(['deletion', 'edit']);
    store.restoreBody(id, store.versionBody(id, edit?.version ?? 0));
    expect(bodyOf(store, id)).toBe('The first draft, long enough to miss.');
    expect(store.versions(id)[0]?.reason).toBe('restore');
    expect(failureCode(() => store.versionBody(id, 999))).toBe('version-missing');
  });
});
