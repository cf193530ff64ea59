import { Pin, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { NoteSession } from '../data/note-session.ts';
import type { NotesView } from '../data/notes-view.ts';
import styles from './editor-toolbar.module.css';
import { SaveStatus } from './save-status.tsx';
import { TagEditor } from './tag-editor.tsx';

interface Props {
  note: NoteSummary;
  session: NoteSession | null;
  view: NotesView;
}

export function EditorToolbar({ note, session, view }: Props) {
  const [confirming, setConfirming] = useState(false);
  const trashed = note.trashedAt !== null;
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Note actions">
      <TagEditor note={note} view={view} disabled={trashed || note.readOnly} />
      {session && <SaveStatus session={session} />}
      {trashed ? (
        <>
          <IconButton label="Restore" onClick={() => void view.restore(note.id)}>
            <RotateCcw size={17} />
          </IconButton>
          <IconButton label="Delete for ever" onClick={() => setConfirming(true)}>
            <Trash2 size={17} />
          </IconButton>
        </>
      ) : (
        <>
          <IconButton
            label={note.pinned ? 'Unpin' : 'Pin to the top'}
            aria-pressed={note.pinned}
            disabled={note.readOnly}
            onClick={() => void view.setPinned(note.id, !note.pinned)}
          >
            <Pin size={17} fill={note.pinned ? 'currentcolor' : 'none'} />
          </IconButton>
          <IconButton label="Move to trash" disabled={note.readOnly} onClick={() => void view.trash(note.id)}>
            <Trash2 size={17} />
          </IconButton>
        </>
      )}
      {confirming && (
        <Dialog
          title={`Delete “${note.title || 'Untitled'}” for ever?`}
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
                Delete for ever
              </Button>
            </>
          }
        />
      )}
    </div>
  );
}
