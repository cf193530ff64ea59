import { useEffect, useState } from 'react';
import type { Failure, Outcome } from '../../../shared/failure.ts';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import type { NoteVersions } from '../../../shared/notes/version.ts';
import { bridge } from '../../bridge.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { NoteSession } from '../data/note-session.ts';
import type { NotesView } from '../data/notes-view.ts';
import { VersionList } from './version-list.tsx';
import { VersionPreview } from './version-preview.tsx';
import styles from './versions.module.css';

interface Props {
  note: NoteSummary;
  session: NoteSession;
  view: NotesView;
  canRestore: boolean;
}

/** The earlier texts of a note: when and where they were kept, what differs, and the way back to one. */
export function VersionsDialog({ note, session, view, canRestore }: Props) {
  const [versions, setVersions] = useState<Outcome<NoteVersions> | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [restoring, setRestoring] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  useEffect(() => {
    void session
      .flush()
      .then(() => bridge.notes.versions({ id: note.id }))
      .then((answer) => {
        setVersions(answer);
        if (answer.ok) setChosen(answer.value.versions[0]?.version ?? null);
      });
  }, [note.id, session]);

  const restore = async (version: string) => {
    setRestoring(true);
    const answer = await view.restoreVersion(note.id, version);
    setRestoring(false);
    if (!answer.ok) setFailure(answer.failure);
  };

  const { versions: list, missing } = versions?.ok ? versions.value : { versions: [], missing: null };
  return (
    <Dialog
      wide
      title="Version history"
      description={`Earlier texts of “${note.title || 'Untitled'}”.`}
      onClose={() => view.showDialog(null)}
      actions={
        chosen &&
        canRestore && (
          <>
            <span className={styles.promise}>The text as it is now stays in the history.</span>
            <Button look="primary" disabled={restoring} onClick={() => void restore(chosen)}>
              Restore this version
            </Button>
          </>
        )
      }
    >
      {!versions && <Spinner label="Looking for earlier versions…" />}
      {versions && !versions.ok && <FailureNotice failure={versions.failure} />}
      {failure && <FailureNotice failure={failure} title="The version could not be restored" />}
      {missing && (
        <Notice slim title="Only what this computer keeps">
          Fauna’s versions are not among these. {missing.message}
        </Notice>
      )}
      {versions?.ok && list.length === 0 && (
        <p className={styles.none}>No earlier versions yet. Burrow keeps one every few minutes while you write.</p>
      )}
      {chosen && (
        <div className={styles.columns}>
          <VersionList versions={list} chosen={chosen} onChoose={setChosen} />
          <VersionPreview key={chosen} id={note.id} version={chosen} session={session} />
        </div>
      )}
    </Dialog>
  );
}
