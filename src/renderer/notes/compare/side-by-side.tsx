import { useMemo } from 'react';
import { Pieces } from './changes-view.tsx';
import styles from './compare.module.css';
import { compareLines, foldUnchanged } from './compare-lines.ts';

interface Props {
  left: { name: string; text: string };
  right: { name: string; text: string };
}

/** Two texts beside each other, the lines that differ on one height. */
export function SideBySide({ left, right }: Props) {
  const sections = useMemo(() => {
    const rows = compareLines(left.text, right.text);
    return rows && foldUnchanged(rows, 2);
  }, [left.text, right.text]);
  return (
    <table className={`${styles.sides} selectable`}>
      <thead>
        <tr>
          <th scope="col">{left.name}</th>
          <th scope="col">{right.name}</th>
        </tr>
      </thead>
      <tbody>
        {!sections && (
          <tr>
            <td className={styles.side}>{left.text}</td>
            <td className={styles.side}>{right.text}</td>
          </tr>
        )}
        {sections?.map((section) =>
          section.kind === 'gap' ? (
            <tr key={section.from}>
              <td colSpan={2} className={styles.aside}>
                {section.rows.length === 1 ? '1 line' : `${section.rows.length} lines`} the same
              </td>
            </tr>
          ) : (
            section.rows.map((row) => (
              <tr key={row.at}>
                {row.kind === 'same' ? (
                  <>
                    <td className={styles.side}>{row.text}</td>
                    <td className={styles.side}>{row.text}</td>
                  </>
                ) : (
                  <>
                    <td className={`${styles.side} ${styles.different}`}>
                      {row.before && <Pieces pieces={row.before} />}
                    </td>
                    <td className={`${styles.side} ${styles.different}`}>
                      {row.after && <Pieces pieces={row.after} />}
                    </td>
                  </>
                )}
              </tr>
            ))
          ),
        )}
      </tbody>
    </table>
  );
}
