import { useEffect, useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import { signOut } from '../identity/identity.ts';
import type { NotesStore } from '../notes/data/notes-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { SignOutUnsynced } from './sign-out-unsynced.tsx';

type Step =
  | { kind: 'ask' }
  | { kind: 'leaving' }
  | { kind: 'unsynced'; ids: string[] }
  | { kind: 'failed'; failure: Failure };

/** Signs out; when notes are not synced yet it names them first, and leaves them only if told to. */
export function SignOutDialog({ store, onClose }: { store: NotesStore; onClose: () => void }) {
  const [step, setStep] = useState<Step>({ kind: 'ask' });

  const leave = async (leaveUnsynced: boolean) => {
    setStep({ kind: 'leaving' });
    await store.sessions.flushAll();
    const answer = await signOut(leaveUnsynced);
    if (!answer.ok) setStep({ kind: 'failed', failure: answer.failure });
    else if (!answer.value.signedOut) setStep({ kind: 'unsynced', ids: answer.value.unsynced.map(({ id }) => id) });
  };

  useEffect(() => {
    if (store.sessions.stuck) {
      const message = 'An edit in this window has not been saved yet.';
      setStep({
        kind: 'failed',
        failure: { code: 'unsaved', message, mend: 'Wait until it is saved, then sign out.' },
      });
    }
  }, [store]);

  if (step.kind === 'leaving') {
    return (
      <Dialog title="Signing out" onClose={() => undefined}>
        <Spinner label="Signing out…" />
      </Dialog>
    );
  }
  if (step.kind === 'unsynced') {
    return <SignOutUnsynced store={store} ids={step.ids} onStay={onClose} onLeave={(anyway) => void leave(anyway)} />;
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
