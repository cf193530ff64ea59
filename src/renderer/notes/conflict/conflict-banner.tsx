import type { NoteSummary } from '../../../shared/notes/note.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { NotesView } from '../data/notes-view.ts';

/** Says that two devices met in one line. It can wait: the note holds both texts, and writing goes on. */
export function ConflictBanner({ note, view }: { note: NoteSummary; view: NotesView }) {
  return (
    <Notice
      slim
      tone="warn"
      actions={
        <>
          <Button small onClick={() => view.showDialog('conflict')}>
            See both versions
          </Button>
          <Button small look="quiet" onClick={() => void view.resolveConflict(note.id, 'merged')}>
            Keep merged
          </Button>
        </>
      }
    >
      Two devices changed the same line; Burrow kept both in one text.
    </Notice>
  );
}
