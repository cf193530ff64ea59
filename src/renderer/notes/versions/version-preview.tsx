import { useEffect, useState } from 'react';
import type { Outcome } from '../../../shared/failure.ts';
import { bridge } from '../../bridge.ts';
import { Choice } from '../../ui/choice.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { ChangesView } from '../compare/changes-view.tsx';
import type { NoteSession } from '../data/note-session.ts';
import styles from './versions.module.css';

interface Props {
  id: string;
  version: string;
  session: NoteSession;
}

/** One earlier text: what restoring it would change, or the text as a whole. */
export function VersionPreview({ id, version, session }: Props) {
  const [answer, setAnswer] = useState<Outcome<{ body: string }> | null>(null);
  const [shown, setShown] = useState<'changes' | 'text'>('changes');
  useEffect(() => {
    let left = false;
    void bridge.notes.versionBody({ id, version }).then((body) => !left && setAnswer(body));
    return () => {
      left = true;
    };
  }, [id, version]);

  if (!answer) return <div className={styles.preview} />;
  if (!answer.ok) return <FailureNotice failure={answer.failure} />;
  const now = session.body.toString();
  const { body } = answer.value;
  return (
    <div className={styles.preview}>
      <Choice
        label="What to show of it"
        value={shown}
        onChoose={setShown}
        options={[
          { value: 'changes', label: 'Differences' },
          { value: 'text', label: 'Whole text' },
        ]}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.body} aria-label="Preview" tabIndex={0}>
        {shown === 'text' && <p className={`${styles.whole} selectable`}>{body || 'Nothing was written yet.'}</p>}
        {shown === 'changes' && body === now && <p className={styles.none}>The same as the note is now.</p>}
        {shown === 'changes' && body !== now && (
          <ChangesView label="Differences from the note as it is now" before={now} after={body} />
        )}
      </section>
      {shown === 'changes' && body !== now && (
        <p className={styles.legend}>
          <span>
            <b className={styles.minus}>−</b> in the note now
          </span>
          <span>
            <b className={styles.plus}>+</b> in this version
          </span>
        </p>
      )}
    </div>
  );
}
