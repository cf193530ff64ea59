import { Check, CircleAlert, LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { NoteSession } from '../data/note-session.ts';
import styles from './editor-toolbar.module.css';

/** A save usually takes a few milliseconds: "Saving…" appears only when it takes longer, so that nothing flickers. */
const SLOW_MS = 300;

/** Where the edits are. "Saved" is main's word, never a guess. */
export function SaveStatus({ session }: { session: NoteSession }) {
  const state = useStore(session.saveState);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (state.kind !== 'saving') return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [state]);

  return (
    <span className={styles.saved} role="status" aria-label="Save state" data-state={state.kind}>
      {state.kind === 'saved' && (
        <>
          <Check size={14} aria-hidden="true" />
          <span>
            Saved<span className={styles.where}> on this computer</span>
          </span>
        </>
      )}
      {state.kind === 'saving' && slow && (
        <>
          <LoaderCircle size={14} aria-hidden="true" />
          Saving…
        </>
      )}
      {state.kind === 'failed' && (
        <span className={styles.failed}>
          <CircleAlert size={14} aria-hidden="true" />
          Not saved
        </span>
      )}
    </span>
  );
}

/** A failed save in words, for as long as it is one. The edit stays in the editor and is tried again. */
export function SaveProblem({ session }: { session: NoteSession }) {
  const state = useStore(session.saveState);
  if (state.kind !== 'failed') return null;
  return (
    <div className={styles.problem}>
      <Notice
        tone="bad"
        title="Your last edit is not saved yet"
        actions={
          <Button small onClick={() => void session.flush()}>
            Try now
          </Button>
        }
      >
        {state.failure.message} {state.failure.mend} Burrow keeps trying; leave this window open.
      </Notice>
    </div>
  );
}
