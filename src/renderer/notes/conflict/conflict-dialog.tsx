import { useEffect, useState } from 'react';
import type { Outcome } from '../../../shared/failure.ts';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import type { NoteConflict } from '../../../shared/notes/version.ts';
import { bridge } from '../../bridge.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { fullTime } from '../../ui/time.ts';
import { MergedText } from '../compare/merged-text.tsx';
import { SideBySide } from '../compare/side-by-side.tsx';
import type { NoteSession } from '../data/note-session.ts';
import type { NotesView } from '../data/notes-view.ts';
import styles from './conflict.module.css';

interface Props {
  note: NoteSummary;
  session: NoteSession;
  view: NotesView;
}

/** Both texts of a note that two devices changed in the same line, and the merged one; the person may choose. */
export function ConflictDialog({ note, session, view }: Props) {
  const [answer, setAnswer] = useState<Outcome<NoteConflict | null> | null>(null);
  const [shown, setShown] = useState<'sides' | 'merged'>('sides');
  useEffect(() => {
    void bridge.notes.conflict({ id: note.id }).then(setAnswer);
  }, [note.id]);
  const close = () => view.showDialog(null);
  const keep = (which: 'merged' | 'mine' | 'theirs') => () => void view.resolveConflict(note.id, which);
  const conflict = answer?.ok ? answer.value : null;

  return (
    <Dialog
      wide
      title="Two devices changed the same line"
      description={
        conflict
          ? `${fullTime(conflict.at)}. Whichever you keep, the other texts stay in the version history.`
          : 'Whichever you keep, the other texts stay in the version history.'
      }
      onClose={close}
      actions={
        conflict && (
          <>
            <Button look="primary" onClick={keep('merged')}>
              Keep merged
            </Button>
            <Button onClick={keep('mine')}>Use mine</Button>
            <Button onClick={keep('theirs')}>Use theirs</Button>
          </>
        )
      }
    >
      {answer && !answer.ok && <FailureNotice failure={answer.failure} />}
      {answer?.ok && !conflict && <p>This has been settled already.</p>}
      {conflict && (
        <>
          <Choice
            label="What to show"
            value={shown}
            onChoose={setShown}
            options={[
              { value: 'sides', label: 'Both versions' },
              { value: 'merged', label: 'Merged text' },
            ]}
          />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className={styles.texts} aria-label="The texts" tabIndex={0}>
            {shown === 'sides' ? (
              <SideBySide
                left={{ name: 'Mine, on this computer', text: conflict.mine }}
                right={{ name: 'Theirs, on the other device', text: conflict.theirs }}
              />
            ) : (
              <MergedText merged={session.body.toString()} mine={conflict.mine} theirs={conflict.theirs} />
            )}
          </section>
        </>
      )}
    </Dialog>
  );
}
