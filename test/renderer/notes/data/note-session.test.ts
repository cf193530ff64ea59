import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { NoteSession } from '../../../../src/renderer/notes/data/note-session.ts';
import { fail, type Outcome, succeed } from '../../../../src/shared/failure.ts';
import type { NoteSummary } from '../../../../src/shared/notes/note.ts';
import { aSummary } from './summaries.ts';

/** A main that keeps what it was given, and answers when the test says so. */
function fakeMain(body = '') {
  const disk = new Y.Doc();
  disk.getText('body').insert(0, body);
  const state = new Uint8Array(Y.encodeStateAsUpdate(disk));
  const answers: ((outcome: Outcome<NoteSummary>) => void)[] = [];
  const saved: Uint8Array[] = [];
  const save = (_id: string, update: Uint8Array) => {
    saved.push(update);
    return new Promise<Outcome<NoteSummary>>((resolve) => answers.push(resolve));
  };
  const accept = async () => {
    const update = saved[saved.length - answers.length];
    if (update) Y.applyUpdate(disk, update);
    answers.shift()?.(succeed(aSummary({ id: '7' })));
    await vi.advanceTimersByTimeAsync(0);
  };
  const refuse = async (code = 'disk-full') => {
    answers.shift()?.(fail(code, 'The disk is full.'));
    await vi.advanceTimersByTimeAsync(0);
  };
  return { state, save, saved, accept, refuse, text: () => disk.getText('body').toString(), disk };
}

function open(main: ReturnType<typeof fakeMain>) {
  const onSaved = vi.fn();
  const session = new NoteSession(
    { summary: aSummary({ id: '7' }), state: main.state },
    { save: main.save, onSaved, delay: 150, retryDelays: [1_000, 3_000] },
  );
  return { session, onSaved };
}

describe('NoteSession', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('opens with the text that main has and nothing to save', () => {
    const { session } = open(fakeMain('Hello'));
    expect(session.body.toString()).toBe('Hello');
    expect(session.unsaved).toBe(false);
    expect(session.saveState.get().kind).toBe('saved');
  });

  test('sends edits as one update after typing has rested, and says saved only after the answer', async () => {
    const main = fakeMain('Hello');
    const { session, onSaved } = open(main);
    session.body.insert(5, ',');
    session.body.insert(6, ' you');
    await vi.advanceTimersByTimeAsync(149);
    expect(main.saved).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(main.saved).toHaveLength(1);
    expect(session.saveState.get().kind).toBe('saving');
    await main.accept();
    expect(session.saveState.get().kind).toBe('saved');
    expect(main.text()).toBe('Hello, you');
    expect(onSaved).toHaveBeenCalledOnce();
  });

  test('typing without a rest is sent every second all the same', async () => {
    const main = fakeMain();
    const { session } = open(main);
    for (let ms = 0; ms < 2_500; ms += 100) {
      session.body.insert(session.body.length, 'x');
      await vi.advanceTimersByTimeAsync(100);
      if (main.saved.length > 0) await main.accept().catch(() => {});
    }
    expect(main.saved).toHaveLength(2);
    expect(main.text()).toBe('x'.repeat(20));
  });

  test('an edit made while a save is under way is not called saved by its answer', async () => {
    const main = fakeMain();
    const { session } = open(main);
    session.body.insert(0, 'one');
    await vi.advanceTimersByTimeAsync(150);
    session.body.insert(3, ' two');
    await main.accept();
    expect(session.saveState.get().kind).toBe('saving');
    expect(session.unsaved).toBe(true);
    await vi.advanceTimersByTimeAsync(150);
    await main.accept();
    expect(session.saveState.get().kind).toBe('saved');
    expect(main.text()).toBe('one two');
  });

  test('a failed save keeps the edit, says why, and tries again with what was typed since', async () => {
    const main = fakeMain();
    const { session } = open(main);
    session.body.insert(0, 'kept');
    await vi.advanceTimersByTimeAsync(150);
    await main.refuse();
    expect(session.saveState.get()).toMatchObject({ kind: 'failed', failure: { code: 'disk-full' } });
    session.body.insert(4, ' too');
    expect(session.saveState.get().kind).toBe('failed');
    await vi.advanceTimersByTimeAsync(1_000);
    await main.accept();
    expect(session.saveState.get().kind).toBe('saved');
    expect(main.text()).toBe('kept too');
  });

  test('typing does not postpone the next attempt after a failure', async () => {
    const main = fakeMain();
    const { session } = open(main);
    session.body.insert(0, 'a');
    await vi.advanceTimersByTimeAsync(150);
    await main.refuse();
    for (let ms = 0; ms < 1_000; ms += 100) {
      session.body.insert(0, 'b');
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(main.saved).toHaveLength(2);
  });

  test('flush sends at once and resolves after the answer', async () => {
    const main = fakeMain();
    const { session } = open(main);
    session.body.insert(0, 'now');
    let done = false;
    void session.flush().then(() => {
      done = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(main.saved).toHaveLength(1);
    expect(done).toBe(false);
    await main.accept();
    expect(done).toBe(true);
  });

  test('flush during a save also waits for what was typed after it began', async () => {
    const main = fakeMain();
    const { session } = open(main);
    session.body.insert(0, 'one');
    await vi.advanceTimersByTimeAsync(150);
    session.body.insert(3, ' two');
    const flushed = session.flush();
    await main.accept();
    expect(main.saved).toHaveLength(2);
    await main.accept();
    await flushed;
    expect(session.unsaved).toBe(false);
    expect(main.text()).toBe('one two');
  });

  test('an edit from elsewhere enters the text and is not sent back', async () => {
    const main = fakeMain('Hello');
    const { session } = open(main);
    main.disk.getText('body').insert(5, ' from afar');
    session.applyRemote(Y.encodeStateAsUpdate(main.disk));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(session.body.toString()).toBe('Hello from afar');
    expect(main.saved).toHaveLength(0);
  });

  test('undo takes back what was typed here and leaves what came from elsewhere', () => {
    const main = fakeMain('');
    const { session } = open(main);
    session.doc.transact(() => session.body.insert(0, 'mine'));
    main.disk.getText('body').insert(0, 'theirs ');
    session.applyRemote(Y.encodeStateAsUpdate(main.disk));
    session.undo.undo();
    expect(session.body.toString()).toBe('theirs ');
  });

  test('an edit that builds on what main lacks is followed at once by the whole document', async () => {
    const main = fakeMain('Hello');
    const { session } = open(main);
    session.body.insert(5, ',');
    await vi.advanceTimersByTimeAsync(150);
    session.body.insert(6, ' you');
    await main.refuse('edit-incomplete');
    expect(main.saved).toHaveLength(2);
    const elsewhere = new Y.Doc();
    Y.applyUpdate(elsewhere, main.saved[1] ?? new Uint8Array());
    expect(elsewhere.getText('body').toString()).toBe('Hello, you');
    await main.accept();
    expect(main.text()).toBe('Hello, you');
    expect(session.unsaved).toBe(false);
    expect(session.saveState.get().kind).toBe('saved');
  });

  test('a whole document that cannot be saved either is tried again like any edit', async () => {
    const main = fakeMain('Hello');
    const { session } = open(main);
    session.body.insert(5, '!');
    await vi.advanceTimersByTimeAsync(150);
    await main.refuse('edit-incomplete');
    await main.refuse();
    expect(session.saveState.get().kind).toBe('failed');
    await vi.advanceTimersByTimeAsync(1_000);
    await main.accept();
    expect(main.text()).toBe('Hello!');
    expect(session.saveState.get().kind).toBe('saved');
  });

  test('typing on while a save is due tells whoever shows the state once, not at every letter', async () => {
    const { session } = open(fakeMain(''));
    const told = vi.fn();
    session.saveState.subscribe(told);
    for (const letter of 'a hundred letters in one burst') session.body.insert(session.body.length, letter);
    expect(told).toHaveBeenCalledTimes(1);
  });

  test('whoever shows the state of saving cannot keep an edit from being saved', async () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const main = fakeMain('');
    const { session } = open(main);
    session.saveState.subscribe(() => {
      throw new Error('the label is broken');
    });
    session.body.insert(0, 'kept');
    await vi.advanceTimersByTimeAsync(150);
    await main.accept();
    expect(main.text()).toBe('kept');
    expect(quiet).toHaveBeenCalled();
    quiet.mockRestore();
  });
});
