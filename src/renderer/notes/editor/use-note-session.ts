import { useEffect, useState } from 'react';
import type { Outcome } from '../../../shared/failure.ts';
import type { NoteSession } from '../data/note-session.ts';
import type { NoteSessions } from '../data/note-sessions.ts';

/** Opens the note for as long as the component lives, anew when it can be edited after all; null while main has not answered. */
export function useNoteSession(sessions: NoteSessions, id: string, readOnly: boolean): Outcome<NoteSession> | null {
  const [opened, setOpened] = useState<Outcome<NoteSession> | null>(null);
  useEffect(() => {
    let left = false;
    const opening = sessions.open(id, readOnly);
    void opening.then((outcome) => !left && setOpened(outcome));
    return () => {
      left = true;
      setOpened(null);
      void opening.then((outcome) => (outcome.ok ? sessions.close(id) : undefined));
    };
  }, [sessions, id, readOnly]);
  return opened;
}
