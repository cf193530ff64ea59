import { useEffect, useState } from 'react';
import type { Account } from '../../shared/identity/account.ts';
import { bridge } from '../bridge.ts';
import { ConnectionScreen } from '../connection/connection-screen.tsx';
import { handovers } from '../identity/identity.ts';
import { NotesStore } from '../notes/data/notes-store.ts';
import { createNotesView, type NotesView } from '../notes/data/notes-view.ts';
import { NotesScreen } from '../notes/notes-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { SignInScreen } from '../sign-in/sign-in-screen.tsx';
import { useStore } from '../store.ts';
import { SyncLogScreen } from '../sync/sync-log-screen.tsx';
import { SyncPill } from '../sync/sync-pill.tsx';
import { startSyncStatus } from '../sync/sync-state.ts';
import { Announcer } from '../ui/announcer.tsx';
import { isNarrow } from '../ui/use-media.ts';
import styles from './app.module.css';
import { startCommands } from './commands.ts';
import { NavigationRail } from './navigation-rail.tsx';
import { Overlays } from './overlays.tsx';
import { guardUnsaved } from './save-guard.ts';
import { overlay, screen } from './screen.ts';

/** Everything behind the sign-in. One account, one store: another account starts with a fresh page. */
export function Workspace({ account }: { account: Account }) {
  const current = useStore(screen);
  const handover = useStore(handovers);
  const [notes] = useState(() => new NotesStore(bridge));
  const [view] = useState<NotesView>(() => createNotesView(notes, isNarrow));

  useEffect(() => {
    notes.start();
    const stops = [guardUnsaved(notes.sessions), startCommands(view), startSyncStatus()];
    return () => {
      for (const stop of stops) stop();
      notes.stop();
    };
  }, [notes, view]);

  // Signing in again has worked: back to the notes.
  useEffect(() => {
    if (handover > 0 && screen.get() === 'sign-in') screen.set('notes');
  }, [handover]);

  const openNote = (id: string) => {
    screen.set('notes');
    view.show({ kind: 'all' });
    view.openInEditor(id);
  };
  if (current === 'sign-in') {
    return <SignInScreen onBack={() => screen.set('notes')} onSeeConnection={() => screen.set('connection')} />;
  }
  return (
    <div className={styles.workspace}>
      <NavigationRail />
      <main className={styles.screen}>
        {current === 'notes' && <NotesScreen store={notes} view={view} />}
        {current === 'connection' && <ConnectionScreen />}
        {current === 'sync-log' && <SyncLogScreen onBack={() => screen.set('settings')} onOpen={openNote} />}
        {current === 'settings' && (
          <SettingsScreen
            account={account}
            onSignOut={() => overlay.set('sign-out')}
            onSeeLog={() => screen.set('sync-log')}
            onSeeUnsynced={() => overlay.set('unsynced')}
          />
        )}
      </main>
      <footer className={styles.status}>
        <SyncPill
          onSignIn={() => screen.set('sign-in')}
          onSeeUnsynced={() => overlay.set('unsynced')}
          onSeeLog={() => screen.set('sync-log')}
        />
        <span className={styles.who}>{account.email ?? account.label}</span>
      </footer>
      <Announcer />
      <Overlays store={notes} view={view} onOpen={openNote} />
    </div>
  );
}
