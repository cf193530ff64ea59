import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import { useStore } from '../../store.ts';
import type { NotesView } from '../data/notes-view.ts';
import styles from './list.module.css';
import { NoteRow, ROW_HEIGHT } from './note-row.tsx';
import { rowByKey } from './rows-by-key.ts';
import { usePress } from './use-press.ts';
import { scrollToRow, visibleSlice } from './windowing.ts';

/** The notes as a list of rows of one height; only the rows in view are in the page. */
export function NoteList({ notes, view }: { notes: readonly NoteSummary[]; view: NotesView }) {
  const { selected, hits, query } = useStore(view.state);
  const box = useRef<HTMLUListElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [height, setHeight] = useState(0);
  const snippets = useMemo(() => new Map(hits?.map((hit) => [hit.id, hit.snippet])), [hits]);
  const at = notes.findIndex((note) => note.id === selected);
  /** The row that Tab reaches. */
  const reachable = Math.max(at, 0);
  const focusWanted = useStore(view.listFocus);
  const focusRow = useRef<number | null>(null);

  useLayoutEffect(() => {
    const node = box.current;
    if (!node) return;
    const observer = new ResizeObserver(() => setHeight(node.clientHeight));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const node = box.current;
    if (!node || at < 0) return;
    node.scrollTop = scrollToRow(at, ROW_HEIGHT, node.scrollTop, node.clientHeight);
  }, [at]);

  useEffect(() => {
    if (focusWanted > 0) box.current?.querySelector<HTMLElement>('[data-note-row][tabindex="0"]')?.focus();
  }, [focusWanted]);

  useEffect(() => {
    if (focusRow.current === null) return;
    box.current?.querySelector<HTMLElement>(`[data-note-row="${focusRow.current}"]`)?.focus();
    focusRow.current = null;
  });

  const press = usePress(view.select);
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
    const row = rowByKey(event.key, at, notes.length, page);
    const target = row === null ? undefined : notes[row];
    if (target) {
      focusRow.current = row;
      view.select(target.id);
    } else if (event.key === 'Enter' && selected) {
      view.openInEditor(selected);
    } else if (event.key === 'Delete' && selected && notes[at]?.trashedAt === null) {
      void view.trash(selected);
    } else if (event.key === 'Escape') {
      view.focusSearch();
    } else return;
    event.preventDefault();
  };

  const { from, to } = visibleSlice(notes.length, ROW_HEIGHT, scrollTop, height);
  const rows = notes.slice(from, to).map((note, offset) => ({ note, index: from + offset }));
  // The selected row stays in the page, so that the focus is not lost by scrolling.
  const selectedNote = notes[at];
  if (selectedNote && (at < from || at >= to)) rows.push({ note: selectedNote, index: at });
  return (
    <ul
      ref={box}
      className={styles.list}
      aria-label="Notes"
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
      {...press}
    >
      <li className={styles.spread} style={{ height: notes.length * ROW_HEIGHT }} role="presentation" />
      {rows.map(({ note, index }) => (
        <NoteRow
          key={note.id}
          note={note}
          index={index}
          count={notes.length}
          selected={note.id === selected}
          reachable={index === reachable}
          snippet={snippets.get(note.id)}
          query={hits ? query : ''}
          view={view}
        />
      ))}
    </ul>
  );
}
