import { Check, CircleAlert, LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
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

  if (state.kind === 'failed') {
    return (
      <div className={styles.failed} role="alert">
        <CircleAlert size={14} aria-hidden="true" />
        <span title={`${state.failure.message} ${state.failure.mend ?? ''}`}>
          Not saved: {state.failure.message} Burrow keeps trying; leave this window open.
        </span>
        <Button small onClick={() => void session.flush()}>
          Try now
        </Button>
      </div>
    );
  }
  return (
    <span className={styles.saved} role="status" aria-label="Save state" data-state={state.kind}>
      {state.kind === 'saved' && (
        <>
          <Check size={14} aria-hidden="true" /> Saved <span className={styles.where}>on this computer</span>
        </>
      )}
      {state.kind === 'saving' && slow && (
        <>
          <LoaderCircle size={14} aria-hidden="true" /> Saving…
        </>
      )}
    </span>
  );
}
