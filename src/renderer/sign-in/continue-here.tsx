import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import { continueOnThisComputer } from '../identity/identity.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import styles from './sign-in.module.css';

/** A local account with one click; only the embedded stack makes them. */
export function ContinueHere() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const go = async () => {
    setBusy(true);
    setFailure(null);
    const problem = await continueOnThisComputer();
    setFailure(problem);
    // When it worked, the notes replace this screen.
    if (problem) setBusy(false);
  };

  return (
    <section className={styles.here}>
      <p className={styles.or}>
        <span>or</span>
      </p>
      <Button className={styles.wide} onClick={go} disabled={busy} aria-busy={busy}>
        {busy ? 'Opening your notes…' : 'Continue on this computer'}
        {!busy && <ArrowRight size={16} aria-hidden="true" />}
      </Button>
      <p className={styles.small}>No e-mail, no password: an account that lives on this computer only.</p>
      {failure && <FailureNotice failure={failure} />}
    </section>
  );
}
