import { useMemo } from 'react';
import styles from './compare.module.css';
import { type Whose, whoseLines } from './compare-lines.ts';

const words: Record<Exclude<Whose, 'same'>, string> = {
  mine: 'from this computer',
  theirs: 'from the other device',
  joined: 'both in one line',
};

/** The merged text, with a word beside each line that the two devices do not have in common. */
export function MergedText({ merged, mine, theirs }: { merged: string; mine: string; theirs: string }) {
  const lines = useMemo(() => whoseLines(merged, mine, theirs), [merged, mine, theirs]);
  return (
    <section className={`${styles.text} selectable`} aria-label="Merged text">
      {lines.map(({ at, text, whose }) => (
        <div key={at} className={`${styles.line} ${whose === 'same' ? '' : styles.different}`}>
          {text || '\u00a0'}
          {whose !== 'same' && <span className={styles.whose}>{words[whose]}</span>}
        </div>
      ))}
    </section>
  );
}
