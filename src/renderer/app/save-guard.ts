import type { NoteSessions } from '../notes/data/note-sessions.ts';

/**
 * Sends what is pending whenever the window may be about to go. When main has refused an edit and only this window
 * has it, closing is held back (main asks the person: `will-prevent-unload`).
 */
export function guardUnsaved(sessions: NoteSessions): () => void {
  const flush = () => void sessions.flushAll();
  const beforeUnload = (event: BeforeUnloadEvent) => {
    flush();
    if (sessions.stuck) event.preventDefault();
  };
  window.addEventListener('beforeunload', beforeUnload);
  window.addEventListener('pagehide', flush);
  window.addEventListener('blur', flush);
  document.addEventListener('visibilitychange', flush);
  return () => {
    window.removeEventListener('beforeunload', beforeUnload);
    window.removeEventListener('pagehide', flush);
    window.removeEventListener('blur', flush);
    document.removeEventListener('visibilitychange', flush);
  };
}
