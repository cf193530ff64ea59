import { useState } from 'react';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { NotesView } from '../data/notes-view.ts';

/** A note in the trash can come back or go for good, the latter after a question. */
export function TrashBanner({ note, view }: { note: NoteSummary; view: NotesView }) {
  const [confirming, setConfirming] = useState(false);
  return (
    <Notice
      title="This note is in the trash"
      actions={
        <>
          <Button small onClick={() => void view.restore(note.id)}>
            Restore
          </Button>
          <Button small onClick={() => setConfirming(true)}>
            Delete forever
          </Button>
        </>
      }
    >
      Restore it to write in it again.
      {confirming && (
        <Dialog
          title={`Delete “${note.title || 'Untitled'}” forever?`}
          description="It disappears from every device and cannot be brought back."
          onClose={() => setConfirming(false)}
          actions={
            <>
              <Button onClick={() => setConfirming(false)}>Keep it</Button>
              <Button
                look="danger"
                onClick={() => {
                  setConfirming(false);
                  void view.purge(note.id);
                }}
              >
                Delete forever
              </Button>
            </>
          }
        />
      )}
    </Notice>
  );
}
