import { CloudAlert, CloudUpload, GitMerge, Pin } from 'lucide-react';
import { memo } from 'react';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import { shortTime } from '../../ui/time.ts';
import type { NotesView } from '../data/notes-view.ts';
import { markWords, type Piece, snippetPieces } from '../data/snippet.ts';
import styles from './list.module.css';

export const ROW_HEIGHT = 74;

interface Props {
  note: NoteSummary;
  index: number;
  count: number;
  selected: boolean;
  reachable: boolean;
  snippet: string | undefined;
  query: string;
  view: NotesView;
}

export const NoteRow = memo(function NoteRow({ note, index, count, selected, reachable, snippet, query, view }: Props) {
  return (
    <li className={styles.row} style={{ top: index * ROW_HEIGHT }} aria-setsize={count} aria-posinset={index + 1}>
      <button
        type="button"
        data-note-row={index}
        data-note-id={note.id}
        className={styles.note}
        aria-current={selected || undefined}
        tabIndex={reachable ? 0 : -1}
        onClick={() => view.select(note.id)}
        onDoubleClick={() => view.openInEditor(note.id)}
      >
        <span className={styles.title}>
          <Marked pieces={markWords(note.title || 'Untitled', query)} />
        </span>
        <span className={styles.preview}>
          {snippet === undefined ? note.preview || 'Nothing more' : <Marked pieces={snippetPieces(snippet)} />}
        </span>
        <span className={styles.meta}>
          <time dateTime={new Date(note.editedAt).toISOString()}>{shortTime(note.editedAt)}</time>
          {note.tags.slice(0, 3).map((tag) => (
            <span key={tag} className={styles.tag}>
              {tag}
            </span>
          ))}
          <span className={styles.marks}>
            <Marks note={note} />
          </span>
        </span>
      </button>
    </li>
  );
});

function Marks({ note }: { note: NoteSummary }) {
  return (
    <>
      {note.conflicted && (
        <GitMerge size={13} className={styles.warn} role="img" aria-label="Merged from two devices" />
      )}
      {note.sync === 'waiting' && <CloudUpload size={13} role="img" aria-label="Waiting to be synced" />}
      {note.sync === 'set-aside' && (
        <CloudAlert size={13} className={styles.warn} role="img" aria-label="Could not be synced" />
      )}
      {note.pinned && <Pin size={13} className={styles.pin} role="img" aria-label="Pinned" />}
    </>
  );
}

function Marked({ pieces }: { pieces: Piece[] }) {
  // The pieces of a text have no identity but their place.
  return pieces.map((piece, place) => {
    const key = `${place} ${piece.text}`;
    return piece.match ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>;
  });
}
