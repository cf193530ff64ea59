import type { Outcome } from '../../../shared/failure.ts';
import { createStore, type Store } from '../../store.ts';
import { announce } from '../../ui/announcer.tsx';
import { type NoteFilter, neighbour, type SearchHit, visibleNotes } from './note-list.ts';
import type { NotesStore } from './notes-store.ts';

export interface ViewState {
  filter: NoteFilter;
  selected: string | null;
  query: string;
  /** The answer to `query`; null while there is no query, or none has been answered yet. */
  hits: readonly SearchHit[] | null;
  /** `auto`: shown where there is room for it. In a narrow window, `shown` lies over the list. */
  sidebar: 'auto' | 'shown' | 'hidden';
  /** What is open over the selected note. */
  dialog: 'versions' | 'conflict' | null;
  /** What went wrong with the last thing the person asked for. */
  problem: string | null;
}

type Answer = Outcome<unknown>;

/** What the notes screen shows, kept while the person visits other screens. */
export interface NotesView {
  state: Store<ViewState>;
  /** Grows by one when the search box, the editor or the list is to take the focus. */
  searchFocus: Store<number>;
  editorFocus: Store<number>;
  listFocus: Store<number>;
  show(filter: NoteFilter): void;
  select(id: string | null): void;
  openInEditor(id: string): void;
  /** True once for the note whose editor is to take the focus. */
  takeEditorFocus(id: string): boolean;
  /** The person leaves the editor for the list. */
  leaveEditor(): void;
  create(): Promise<void>;
  setQuery(query: string): void;
  setHits(query: string, hits: readonly SearchHit[] | null): void;
  focusSearch(): void;
  toggleSidebar(): void;
  setPinned(id: string, pinned: boolean): Promise<void>;
  setTags(id: string, tags: string[]): Promise<boolean>;
  trash(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  purge(id: string): Promise<void>;
  showDialog(dialog: ViewState['dialog']): void;
  restoreVersion(id: string, version: string): Promise<Answer>;
  resolveConflict(id: string, keep: 'merged' | 'mine' | 'theirs'): Promise<Answer>;
  dismissProblem(): void;
}

export const sidebarVisible = (sidebar: ViewState['sidebar'], narrow: boolean): boolean =>
  sidebar === 'shown' || (sidebar === 'auto' && !narrow);

export function createNotesView(store: NotesStore, isNarrow: () => boolean = () => false): NotesView {
  const state = createStore<ViewState>({
    filter: { kind: 'all' },
    selected: null,
    query: '',
    hits: null,
    sidebar: 'auto',
    dialog: null,
    problem: null,
  });
  const searchFocus = createStore(0);
  const editorFocus = createStore(0);
  const listFocus = createStore(0);
  let focusFor: string | null = null;
  const focusEditor = (id: string) => {
    focusFor = id;
    editorFocus.set((count) => count + 1);
  };
  const patch = (change: Partial<ViewState>) => state.set((current) => ({ ...current, ...change }));

  const shown = () => {
    const { filter, hits } = state.get();
    return visibleNotes(store.state.get().notes, filter, hits);
  };

  /** A sidebar that lies over the list goes away once it has been used. */
  const closeDrawer = (): Partial<ViewState> => (isNarrow() ? { sidebar: 'auto' } : {});

  /** Carries out a change that takes the note out of the list, and moves on to its neighbour. */
  const leaving = async (id: string, change: () => Promise<Answer>, said: string) => {
    const next = neighbour(shown(), id);
    if (report(await change()) && state.get().selected === id) patch({ selected: next });
    announce(said);
  };
  const report = (answer: Answer): boolean => {
    patch({ problem: answer.ok ? null : `${answer.failure.message} ${answer.failure.mend ?? ''}`.trim() });
    return answer.ok;
  };

  return {
    state,
    searchFocus,
    editorFocus,
    listFocus,
    show: (filter) => patch({ filter, selected: null, dialog: null, query: '', hits: null, ...closeDrawer() }),
    select: (selected) => patch({ selected, dialog: null }),
    openInEditor(id) {
      patch({ selected: id, dialog: null });
      focusEditor(id);
    },
    takeEditorFocus(id) {
      if (focusFor !== id) return false;
      focusFor = null;
      return true;
    },
    leaveEditor: () => listFocus.set((count) => count + 1),
    async create() {
      const { filter } = state.get();
      const created = await store.create();
      if (!report(created) || !created.ok) return;
      const { id } = created.value;
      if (filter.kind === 'tag') report(await store.setTags(id, [filter.tag]));
      patch({ filter: filter.kind === 'trash' ? { kind: 'all' } : filter, query: '', hits: null, selected: id });
      patch(closeDrawer());
      focusEditor(id);
      announce('New note');
    },
    setQuery: (query) => patch(query.trim() === '' ? { query, hits: null } : { query }),
    setHits: (query, hits) => {
      // An answer that comes after the query has changed belongs to nobody.
      if (state.get().query === query) patch({ hits });
    },
    focusSearch: () => searchFocus.set((count) => count + 1),
    toggleSidebar: () => patch({ sidebar: sidebarVisible(state.get().sidebar, isNarrow()) ? 'hidden' : 'shown' }),
    setPinned: async (id, pinned) => void report(await store.setPinned(id, pinned)),
    setTags: async (id, tags) => report(await store.setTags(id, tags)),
    trash: (id) => leaving(id, () => store.trash(id), 'Moved to the trash'),
    restore: (id) => leaving(id, () => store.restore(id), 'Restored'),
    purge: (id) => leaving(id, () => store.purge(id), 'Deleted forever'),
    showDialog: (dialog) => patch({ dialog }),
    async restoreVersion(id, version) {
      const answer = await store.restoreVersion(id, version);
      if (answer.ok) {
        patch({ dialog: null });
        announce('Version restored');
      }
      return answer;
    },
    async resolveConflict(id, keep) {
      const answer = await store.resolveConflict(id, keep);
      if (report(answer)) {
        patch({ dialog: null });
        announce(keep === 'merged' ? 'Kept the merged text' : 'The text was replaced');
        focusEditor(id);
      }
      return answer;
    },
    dismissProblem: () => patch({ problem: null }),
  };
}
