import { bridge } from '../bridge.ts';
import { unsyncedNotes } from '../notes/data/note-list.ts';
import type { NotesStore } from '../notes/data/notes-store.ts';
import { useStore } from '../store.ts';
import { ExportButton, ExportResult, useExport } from '../sync/export-notes.tsx';
import { syncStatus } from '../sync/sync-state.ts';
import { syncWords } from '../sync/sync-status.ts';
import { UnsyncedNotes } from '../sync/unsynced-notes.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';

interface Props {
  store: NotesStore;
  /** The notes that main named; what is synced meanwhile leaves the list. */
  ids: string[];
  onStay: () => void;
  onLeave: (anyway: boolean) => void;
}

/** The guard before signing out: sync now, take the notes along as files, or leave them here knowingly. */
export function SignOutUnsynced({ store, ids, onStay, onLeave }: Props) {
  const { notes } = useStore(store.state);
  const status = useStore(syncStatus);
  const exporting = useExport(store);
  const waiting = unsyncedNotes(notes).filter((note) => ids.includes(note.id));
  const canSync = status !== null && status.state !== 'off';

  if (waiting.length === 0) {
    return (
      <Dialog
        title="Sign out of Burrow?"
        onClose={onStay}
        actions={
          <>
            <Button onClick={onStay}>Cancel</Button>
            <Button look="primary" onClick={() => onLeave(false)}>
              Sign out
            </Button>
          </>
        }
      >
        <Notice tone="good">Every note is synced now.</Notice>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={waiting.length === 1 ? 'One note is not synced yet' : `${waiting.length} notes are not synced yet`}
      description="The latest edits are only on this computer. If you sign out now, they stay here, closed, until you sign in here again."
      onClose={onStay}
      actions={
        <>
          <Button look="primary" onClick={onStay}>
            Stay signed in
          </Button>
          {canSync && (
            <Button disabled={status.state === 'syncing'} onClick={() => void bridge.sync.retry({ id: null })}>
              Sync now
            </Button>
          )}
          <ExportButton exporting={exporting} ids={waiting.map(({ id }) => id)} />
          <Button look="danger" onClick={() => onLeave(true)}>
            Sign out anyway
          </Button>
        </>
      }
    >
      <UnsyncedNotes notes={waiting} />
      {canSync && <p role="status">{syncWords(status)}</p>}
      <ExportResult exporting={exporting} />
    </Dialog>
  );
}
