import { useMemo } from 'react';
import { bridge } from '../bridge.ts';
import { unsyncedNotes } from '../notes/data/note-list.ts';
import type { NotesStore } from '../notes/data/notes-store.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ExportButton, ExportResult, useExport } from './export-notes.tsx';
import { syncStatus } from './sync-state.ts';
import { syncWords } from './sync-status.ts';
import { UnsyncedNotes } from './unsynced-notes.tsx';

interface Props {
  store: NotesStore;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** Every note with edits that are only on this computer, with a way to send them or to take them along as files. */
export function UnsyncedDialog({ store, onOpen, onClose }: Props) {
  const { notes } = useStore(store.state);
  const status = useStore(syncStatus);
  const unsynced = useMemo(() => unsyncedNotes(notes), [notes]);
  const exporting = useExport(store);
  const open = (id: string) => {
    onClose();
    onOpen(id);
  };
  return (
    <Dialog
      title="Notes that are not synced"
      description={
        unsynced.length === 0
          ? 'None: the server has every edit.'
          : 'The latest edits are safe on this computer, but nowhere else yet.'
      }
      onClose={onClose}
      actions={
        unsynced.length > 0 && (
          <>
            {status && status.state !== 'off' && (
              <Button
                look="primary"
                disabled={status.state === 'syncing'}
                onClick={() => void bridge.sync.retry({ id: null })}
              >
                Sync now
              </Button>
            )}
            <ExportButton exporting={exporting} ids={unsynced.map(({ id }) => id)} />
          </>
        )
      }
    >
      {status && <p role="status">{syncWords(status)}</p>}
      {unsynced.length > 0 && <UnsyncedNotes notes={unsynced} onOpen={open} />}
      <ExportResult exporting={exporting} />
    </Dialog>
  );
}
