import type { AppCommand } from '../../shared/bridge/events.ts';
import { bridge } from '../bridge.ts';
import type { NotesView } from '../notes/data/notes-view.ts';
import { isChord } from '../ui/keys.ts';
import { overlay, screen } from './screen.ts';

/** What the menu, the tray and the keyboard ask of this window. */
export function startCommands(view: NotesView): () => void {
  const run: Record<AppCommand, () => void> = {
    'new-note': () => {
      screen.set('notes');
      void view.create();
    },
    search: () => {
      screen.set('notes');
      view.focusSearch();
    },
    'toggle-sidebar': () => view.toggleSidebar(),
    'show-notes': () => screen.set('notes'),
    'show-connection': () => screen.set('connection'),
    'sign-out': () => overlay.set('sign-out'),
  };
  const byKey = (event: KeyboardEvent): AppCommand | undefined => {
    if (isChord(event, 'n')) return 'new-note';
    if (isChord(event, 'f') || isChord(event, 'k')) return 'search';
    if (isChord(event, '\\')) return 'toggle-sidebar';
    return undefined;
  };
  const onKey = (event: KeyboardEvent) => {
    if (isChord(event, 'p', true)) {
      event.preventDefault();
      overlay.set((open) => (open === 'palette' ? null : 'palette'));
      return;
    }
    const command = event.defaultPrevented ? undefined : byKey(event);
    if (!command) return;
    event.preventDefault();
    run[command]();
  };
  window.addEventListener('keydown', onKey);
  const stopListening = bridge.on('app.command', (command) => run[command]?.());
  return () => {
    window.removeEventListener('keydown', onKey);
    stopListening();
  };
}
