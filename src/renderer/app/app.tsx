import { Tooltip } from '@base-ui/react/tooltip';
import { useEffect, useState } from 'react';
import { bridge } from '../bridge.ts';
import { ConnectionScreen } from '../connection/connection-screen.tsx';
import { loadClerk } from '../identity/clerk.ts';
import { account, startIdentity } from '../identity/identity.ts';
import { SignInScreen } from '../sign-in/sign-in-screen.tsx';
import { useStore } from '../store.ts';
import { followNetwork } from '../sync/network.ts';
import { startTheme } from './theme.ts';
import { Workspace } from './workspace.tsx';

let started = false;

/** The theme comes first, so that nothing is painted in the wrong one; Clerk comes last and is never waited for. */
async function start(): Promise<void> {
  if (started) return;
  started = true;
  await startTheme();
  await startIdentity();
  followNetwork();
  const whenIdle = account.get() ? 1_000 : 0;
  setTimeout(() => void loadClerk().catch(() => undefined), whenIdle);
}

export function App() {
  const who = useStore(account);
  const [connectionOpen, setConnectionOpen] = useState(false);
  useEffect(() => {
    void start();
    return bridge.on('app.command', (command) => {
      if (command === 'show-connection' && !account.get()) setConnectionOpen(true);
    });
  }, []);

  if (who === undefined) return null;
  return (
    <Tooltip.Provider>
      {who ? (
        <Workspace account={who} />
      ) : connectionOpen ? (
        <ConnectionScreen onBack={() => setConnectionOpen(false)} />
      ) : (
        <SignInScreen onSeeConnection={() => setConnectionOpen(true)} />
      )}
    </Tooltip.Provider>
  );
}
