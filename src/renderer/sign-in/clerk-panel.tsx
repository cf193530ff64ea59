import { useEffect, useRef, useState } from 'react';
import { clerkState, loadClerk } from '../identity/clerk.ts';
import type { Clerk } from '../identity/clerk-instance.ts';
import { handOver, handoverFailure } from '../identity/identity.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import styles from './sign-in.module.css';

/** Clerk's prebuilt sign-in, and what to show while it is not there. */
export function ClerkPanel({ onSeeConnection }: { onSeeConnection: () => void }) {
  const state = useStore(clerkState);
  const refused = useStore(handoverFailure);
  const [clerk, setClerk] = useState<Clerk | null>(null);

  const load = () => void loadClerk().then(setClerk, () => undefined);
  useEffect(load, []);

  const seeConnection = (
    <Button small onClick={onSeeConnection}>
      See the connection
    </Button>
  );
  if (state.kind === 'failed') {
    return (
      <FailureNotice
        title="Clerk did not start"
        failure={state.failure}
        actions={
          <>
            <Button small look="primary" onClick={load}>
              Try again
            </Button>
            {seeConnection}
          </>
        }
      />
    );
  }
  if (refused && clerk) {
    return (
      <FailureNotice
        title="Signed in at Clerk, but Burrow could not verify it"
        failure={refused}
        actions={
          <>
            <Button small look="primary" onClick={() => void handOver(clerk, true)}>
              Try again
            </Button>
            {seeConnection}
          </>
        }
      />
    );
  }
  if (state.kind !== 'ready' || !clerk) return <Spinner label="Starting Clerk…" />;
  if (state.userId) return <Spinner label="Opening your notes…" />;
  return <ClerkSignIn clerk={clerk} />;
}

function ClerkSignIn({ clerk }: { clerk: Clerk }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const node = box.current;
    if (!node) return;
    clerk.mountSignIn(node, {
      routing: 'hash',
      withSignUp: true,
      fallbackRedirectUrl: '/',
      signUpFallbackRedirectUrl: '/',
    });
    return () => clerk.unmountSignIn(node);
  }, [clerk]);
  return <div ref={box} className={styles.clerk} />;
}
