import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { limits } from '../../../shared/notes/limits.ts';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import type { NotesView } from '../data/notes-view.ts';
import { withTag } from '../data/tags.ts';
import styles from './tag-editor.module.css';

interface Props {
  note: NoteSummary;
  view: NotesView;
  disabled: boolean;
}

export function TagEditor({ note, view, disabled }: Props) {
  const [draft, setDraft] = useState('');

  const add = async () => {
    const tags = withTag(note.tags, draft);
    setDraft('');
    if (tags.length > note.tags.length) await view.setTags(note.id, tags);
  };
  const remove = (tag: string) =>
    void view.setTags(
      note.id,
      note.tags.filter((kept) => kept !== tag),
    );

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      void add();
    }
    const last = note.tags.at(-1);
    if (event.key === 'Backspace' && draft === '' && last !== undefined) remove(last);
    if (event.key === 'Escape') {
      setDraft('');
      event.currentTarget.closest('input')?.blur();
    }
  };

  return (
    <div className={styles.tags}>
      <ul className={styles.chips} aria-label="Tags of this note">
        {note.tags.map((tag) => (
          <li key={tag} className={styles.chip}>
            <span>{tag}</span>
            {!disabled && (
              <button type="button" aria-label={`Remove tag ${tag}`} onClick={() => remove(tag)}>
                <X size={12} />
              </button>
            )}
          </li>
        ))}
      </ul>
      {!disabled && note.tags.length < limits.tagsPerNote && (
        <label className={styles.add}>
          <Plus size={13} aria-hidden="true" />
          <input
            aria-label="Add tag"
            placeholder="Add tag"
            value={draft}
            maxLength={limits.tagLength}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={onKeyDown}
            onBlur={() => void add()}
          />
        </label>
      )}
    </div>
  );
}
