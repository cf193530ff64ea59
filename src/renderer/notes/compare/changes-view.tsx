import { useMemo, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import styles from './compare.module.css';
import { compareLines, foldUnchanged, type Piece, type Row } from './compare-lines.ts';

interface Props {
  label: string;
  before: string;
  after: string;
}

/** What changed from one text to another, in one column: lines that went, lines that came, some around them. */
export function ChangesView({ label, before, after }: Props) {
  const sections = useMemo(() => {
    const rows = compareLines(before, after);
    return rows && foldUnchanged(rows);
  }, [before, after]);
  if (!sections) return <p className={styles.aside}>The two texts have too little in common to compare them.</p>;
  return (
    <section className={`${styles.text} selectable`} aria-label={label}>
      {sections.map((section) =>
        section.kind === 'gap' ? (
          <Gap key={section.from} rows={section.rows} />
        ) : (
          section.rows.map((row) => <ChangedRow key={row.at} row={row} />)
        ),
      )}
    </section>
  );
}

function Gap({ rows }: { rows: Row[] }) {
  const [open, setOpen] = useState(rows.length <= 2);
  if (open) return rows.map((row) => <ChangedRow key={row.at} row={row} />);
  return (
    <Button small look="quiet" className={styles.gap} onClick={() => setOpen(true)}>
      {rows.length} unchanged lines
    </Button>
  );
}

function ChangedRow({ row }: { row: Row }) {
  if (row.kind === 'same') return <div className={styles.line}>{row.text || '\u00a0'}</div>;
  return (
    <>
      {row.before && (
        <del className={`${styles.line} ${styles.gone}`}>
          <Pieces pieces={row.before} />
        </del>
      )}
      {row.after && (
        <ins className={`${styles.line} ${styles.come}`}>
          <Pieces pieces={row.after} />
        </ins>
      )}
    </>
  );
}

export function Pieces({ pieces }: { pieces: Piece[] }) {
  if (pieces.every(({ text }) => text === '')) return '\u00a0';
  // The pieces of a line have no identity but their place.
  return pieces.map((piece, place) => {
    const key = `${place} ${piece.text}`;
    return piece.changed ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>;
  });
}
