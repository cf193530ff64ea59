import { describe, expect, test, vi } from 'vitest';
import { NotesStore } from '../../../../src/renderer/notes/data/notes-store.ts';
import { createNotesView } from '../../../../src/renderer/notes/data/notes-view.ts';
import type { BurrowApi } from '../../../../src/shared/bridge/api.ts';
import { fail, type Outcome, succeed } from '../../../../src/shared/failure.ts';
import type { NoteSummary } from '../../../../src/shared/notes/note.ts';
import { aSummary } from './summaries.ts';

function fakeMain(kept: NoteSummary[]) {
  const listeners = new Map<string, (payload: unknown) => void>();
  const change = async ({ id }: { id: string }, patch: Partial<NoteSummary>) => {
    const note = kept.find((one) => one.id === id);
    return note ? succeed(Object.assign(note, patch)) : fail('note-missing', 'This note is no longer there.');
  };
  const notes = {
    list: vi.fn(async (): Promise<Outcome<NoteSummary[]>> => succeed(kept.map((note) => ({ ...note })))),
    summaries: vi.fn(
      async ({ ids }: { ids: string[] }): Promise<Outcome<NoteSummary[]>> =>
        succeed(kept.filter((note) => ids.includes(note.id)).map((note) => ({ ...note }))),
    ),
    create: async () => {
      const note = aSummary({ id: '100', title: '', editedAt: 9_999 });
      kept.push(note);
      return succeed({ ...note });
    },
    setTags: ({ id, tags }: { id: string; tags: string[] }) => change({ id }, { tags }),
    setPinned: ({ id, pinned }: { id: string; pinned: boolean }) => change({ id }, { pinned }),
    trash: (note: { id: string }) => change(note, { trashedAt: 77 }),
    restore: (note: { id: string }) => change(note, { trashedAt: null }),
    purge: async ({ id }: { id: string }) => {
      kept.splice(
        kept.findIndex((note) => note.id === id),
        1,
      );
      return succeed(undefined);
    },
  };
  const on = (event: string, listener: (payload: unknown) => void) => {
    listeners.set(event, listener);
    return () => listeners.delete(event);
  };
  return {
    api: { notes, on } as unknown as BurrowApi,
    notes,
    changed: (...ids: string[]) => listeners.get('notes.changed')?.({ ids }),
  };
}

const started = async (kept: NoteSummary[]) => {
  const main = fakeMain(kept);
  const store = new NotesStore(main.api, 0);
  store.start();
  await store.refresh();
  return { ...main, store, view: createNotesView(store) };
};
const some = () => [
  aSummary({ id: '1', editedAt: 30 }),
  aSummary({ id: '2', editedAt: 20 }),
  aSummary({ id: '3', editedAt: 10 }),
];

describe('the notes of the window', () => {
  test('are kept current by reading only those that main names, once for many events', async () => {
    const { store, notes, changed } = await started(some());
    notes.list.mockClear();
    const kept = notes.summaries.mock;
    await store.setPinned('1', true);
    for (let count = 0; count < 20; count += 1) changed('2', '3');
    await vi.waitFor(() => expect(kept.calls).toHaveLength(1));
    expect(kept.calls[0]?.[0].ids).toEqual(['2', '3']);
    expect(notes.list).not.toHaveBeenCalled();
  });

  test('a note that main no longer knows leaves the list, a new one comes in', async () => {
    const kept = some();
    const { store, changed } = await started(kept);
    kept.splice(0, 1, aSummary({ id: '4', editedAt: 40 }));
    changed('1', '4');
    await vi.waitFor(() => expect(store.state.get().notes.map(({ id }) => id)).toEqual(['4', '2', '3']));
  });

  test('news that change nothing leave the list as it is, so that nothing is drawn again', async () => {
    const { store, notes, changed } = await started(some());
    const before = store.state.get().notes;
    changed('1');
    await vi.waitFor(() => expect(notes.summaries).toHaveBeenCalled());
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(store.state.get().notes).toBe(before);
  });

  test('hundreds of changed notes are one reading of the whole list', async () => {
    const { notes, changed } = await started(some());
    notes.list.mockClear();
    changed(...Array.from({ length: 500 }, (_, index) => String(index + 1)));
    await vi.waitFor(() => expect(notes.list).toHaveBeenCalledTimes(1));
    expect(notes.summaries).not.toHaveBeenCalled();
  });

  test('after an answer that did not come, the next news read the whole list', async () => {
    const { store, notes, changed } = await started(some());
    notes.list.mockClear();
    notes.summaries.mockResolvedValueOnce(fail('no-answer', 'Burrow did not answer.'));
    changed('1');
    await vi.waitFor(() => expect(store.state.get().failure?.code).toBe('no-answer'));
    expect(store.state.get().notes).toHaveLength(3);
    changed('2');
    await vi.waitFor(() => expect(notes.list).toHaveBeenCalledTimes(1));
    await vi.waitFor(() => expect(store.state.get().failure).toBeNull());
  });

  test('a list that was asked for before a change made here does not undo it', async () => {
    const { store, notes } = await started(some());
    let answer: (outcome: Outcome<NoteSummary[]>) => void = () => undefined;
    notes.list.mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const old = some();
    const refreshed = store.refresh();
    await store.setPinned('2', true);
    answer(succeed(old));
    await refreshed;
    expect(store.state.get().notes.find((note) => note.id === '2')?.pinned).toBe(true);
  });

  test('a list that cannot be read keeps what is known and says why', async () => {
    const { store, notes } = await started(some());
    notes.list.mockResolvedValueOnce(fail('no-answer', 'Burrow did not answer.'));
    await store.refresh();
    expect(store.state.get().notes).toHaveLength(3);
    expect(store.state.get().failure?.code).toBe('no-answer');
  });

  test('moving the open note to the trash opens its neighbour', async () => {
    const { view } = await started(some());
    view.select('2');
    await view.trash('2');
    expect(view.state.get().selected).toBe('3');
  });

  test('a new note is selected, gets the tag that is shown, and leaves the trash view', async () => {
    const { store, view } = await started(some());
    view.show({ kind: 'tag', tag: 'garden' });
    await view.create();
    expect(view.state.get().selected).toBe('100');
    expect(store.state.get().notes.find((note) => note.id === '100')?.tags).toEqual(['garden']);
    view.show({ kind: 'trash' });
    await view.create();
    expect(view.state.get().filter).toEqual({ kind: 'all' });
  });

  test('what main refuses is shown and changes nothing', async () => {
    const { store, view } = await started(some());
    view.select('1');
    await view.restore('404');
    expect(view.state.get().problem).toBe('This note is no longer there.');
    expect(view.state.get().selected).toBe('1');
    expect(store.state.get().notes).toHaveLength(3);
  });

  test('an answer to an older search is dropped', async () => {
    const { view } = await started(some());
    view.setQuery('ol');
    view.setQuery('old');
    view.setHits('ol', [{ id: '1', snippet: '' }]);
    expect(view.state.get().hits).toBeNull();
    view.setHits('old', [{ id: '2', snippet: '' }]);
    expect(view.state.get().hits).toHaveLength(1);
    view.setQuery('  ');
    expect(view.state.get().hits).toBeNull();
  });

  test('the editor takes the focus once, and only for the note that asked for it', async () => {
    const { view } = await started(some());
    view.openInEditor('2');
    expect(view.takeEditorFocus('1')).toBe(false);
    expect(view.takeEditorFocus('2')).toBe(true);
    expect(view.takeEditorFocus('2')).toBe(false);
  });
});
