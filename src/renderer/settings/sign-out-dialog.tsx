import { useEffect, useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { NoteSummary } from '../../shared/notes/note.ts';
import { signOut } from '../identity/identity.ts';
import type { NoteSessions } from '../notes/data/note-sessions.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import styles from './settings.module.css';

type Step =
  | { kind: 'ask' }
  | { kind: 'leaving' }
  | { kind: 'unsynced'; notes: NoteSummary[] }
  | { kind: 'failed'; failure: Failure };

/** Signs out; when notes are not synced yet it names them first, and leaves them only if told to. */
export function SignOutDialog({ sessions, onClose }: { sessions: NoteSessions; onClose: () => void }) {
  const [step, setStep] = useState<Step>({ kind: 'ask' });

  const leave = async (leaveUnsynced: boolean) => {
    setStep({ kind: 'leaving' });
    await sessions.flushAll();
    const answer = await signOut(leaveUnsynced);
    if (!answer.ok) setStep({ kind: 'failed', failure: answer.failure });
    else if (!answer.value.signedOut) setStep({ kind: 'unsynced', notes: answer.value.unsynced });
  };

  useEffect(() => {
    if (sessions.stuck) {
      const message = 'An edit in this window has not been saved yet.';
      setStep({
        kind: 'failed',
        failure: { code: 'unsaved', message, mend: 'Wait until it is saved, then sign out.' },
      });
    }
  }, [sessions]);

  if (step.kind === 'leaving') {
    return (
      <Dialog title="Signing out" onClose={() => undefined}>
        <Spinner label="Signing out…" />
      </Dialog>
    );
  }
  if (step.kind === 'unsynced') {
    return (
      <Dialog
        title={step.notes.length === 1 ? 'One note is not synced yet' : `${step.notes.length} notes are not synced yet`}
        description="They are only on this computer. If you sign out now, nobody else can see them until you sign in here again."
        onClose={onClose}
        actions={
          <>
            <Button look="primary" onClick={onClose}>
              Stay signed in
            </Button>
            <Button look="danger" onClick={() => void leave(true)}>
              Sign out anyway
            </Button>
          </>
        }
      >
        <ul className={styles.unsynced} aria-label="Notes that are not synced">
          {step.notes.map((note) => (
            <li key={note.id}>{note.title || 'Untitled'}</li>
          ))}
        </ul>
      </Dialog>
    );
  }
  return (
    <Dialog
      title="Sign out of Burrow?"
      description="Your notes stay on this computer, closed to others, and open again when you sign in."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" onClick={() => void leave(false)}>
            Sign out
          </Button>
        </>
      }
    >
      {step.kind === 'failed' && <FailureNotice failure={step.failure} />}
    </Dialog>
  );
}
