import { overlay, type Screen, screen } from '../app/screen.ts';
import { chooseTheme } from '../app/theme.ts';
import { bridge } from '../bridge.ts';
import type { NotesStore } from '../notes/data/notes-store.ts';
import type { NotesView } from '../notes/data/notes-view.ts';
import { announce } from '../ui/announcer.tsx';
import { keyName } from '../ui/keys.ts';
import type { Command } from './palette-items.ts';

const command = (id: string, label: string, run: () => void, more: { keys?: string; also?: string } = {}): Command => ({
  id,
  label,
  run,
  ...more,
});

/** Everything that can be done from the keyboard alone, as it applies to what is open. */
export function paletteCommands(store: NotesStore, view: NotesView): Command[] {
  const inNotes = (run: () => void) => () => {
    screen.set('notes');
    run();
  };
  const go = (to: Screen) => () => screen.set(to);
  return [
    command(
      'new',
      'New note',
      inNotes(() => void view.create()),
      { keys: keyName('N'), also: 'create write' },
    ),
    command('search', 'Search notes', inNotes(view.focusSearch), { keys: keyName('K'), also: 'find' }),
    ...forOpenNote(store, view),
    command(
      'all',
      'Show all notes',
      inNotes(() => view.show({ kind: 'all' })),
    ),
    command(
      'trash',
      'Show the trash',
      inNotes(() => view.show({ kind: 'trash' })),
      { also: 'deleted' },
    ),
    command('sidebar', 'Show or hide the sidebar', inNotes(view.toggleSidebar), { keys: keyName('\\') }),
    command('sync-now', 'Sync now', () => void bridge.sync.now()),
    command('unsynced', 'Unsynced notes', () => overlay.set('unsynced'), { also: 'waiting set aside export' }),
    command('sync-log', 'Sync log', go('sync-log')),
    command('connection', 'Connection', go('connection'), { also: 'identity who am I fauna clerk' }),
    command('settings', 'Settings', go('settings'), { also: 'preferences account' }),
    command('light', 'Theme: light', () => void chooseTheme('light')),
    command('dark', 'Theme: dark', () => void chooseTheme('dark')),
    command('system', 'Theme: as the system', () => void chooseTheme('system')),
    command('export', 'Export all notes as Markdown', () => void exportAll(store), { also: 'backup files' }),
    command('sign-out', 'Sign out', () => overlay.set('sign-out'), { also: 'log out' }),
  ];
}

function forOpenNote(store: NotesStore, view: NotesView): Command[] {
  const { selected } = view.state.get();
  const note = store.state.get().notes.find(({ id }) => id === selected);
  if (!note || screen.get() !== 'notes') return [];
  const history = command('versions', 'Version history', () => view.showDialog('versions'), {
    also: 'restore earlier',
  });
  if (note.trashedAt !== null || note.readOnly) return [history];
  return [
    history,
    command('pin', note.pinned ? 'Unpin' : 'Pin to the top', () => void view.setPinned(note.id, !note.pinned)),
    command('delete', 'Move to trash', () => void view.trash(note.id), { also: 'delete remove' }),
    command('export-one', 'Export this note as Markdown', () => void store.exportMarkdown([note.id]), {
      also: 'save file',
    }),
  ];
}

async function exportAll(store: NotesStore): Promise<void> {
  const ids = store.state.get().notes.flatMap((note) => (note.trashedAt === null ? note.id : []));
  if (ids.length === 0) return announce('There are no notes to export');
  const answer = await store.exportMarkdown(ids);
  if (answer.ok && answer.value) announce(`Exported ${answer.value.notes} notes to ${answer.value.folder}`);
  if (!answer.ok) announce(answer.failure.message);
}
