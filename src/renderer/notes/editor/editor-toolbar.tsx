import { History, Pin, Trash2 } from 'lucide-react';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import { IconButton } from '../../ui/button.tsx';
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
  const trashed = note.trashedAt !== null;
  return (
    <div className={styles.toolbar}>
      <TagEditor note={note} view={view} disabled={trashed || note.readOnly} />
      {session && <SaveStatus session={session} />}
      <IconButton label="Version history" aria-haspopup="dialog" onClick={() => view.showDialog('versions')}>
        <History size={17} />
      </IconButton>
      {!trashed && (
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
    </div>
  );
}
