import { Dialog as Base } from '@base-ui/react/dialog';
import { ChevronRight, NotebookText } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { screen } from '../app/screen.ts';
import type { NotesStore } from '../notes/data/notes-store.ts';
import type { NotesView } from '../notes/data/notes-view.ts';
import { rowByKey } from '../notes/list/rows-by-key.ts';
import { useStore } from '../store.ts';
import dialog from '../ui/dialog.module.css';
import { shortTime } from '../ui/time.ts';
import { paletteCommands } from './commands.ts';
import styles from './palette.module.css';
import { type PaletteItem, paletteItems } from './palette-items.ts';

interface Props {
  store: NotesStore;
  view: NotesView;
  onClose: () => void;
}

const PAGE = 8;

/** One box for every command and every note: type, choose with the arrows, Enter. */
export function CommandPalette({ store, view, onClose }: Props) {
  const { notes } = useStore(store.state);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  /** The chosen item decides where the focus goes next; only Esc gives it back. */
  const ran = useRef(false);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const commands = useMemo(() => paletteCommands(store, view), [store, view]);
  const items = useMemo(() => paletteItems(commands, notes, query), [commands, notes, query]);
  const active = items[Math.min(at, items.length - 1)];

  const run = (item: PaletteItem) => {
    ran.current = true;
    onClose();
    // After the dialog has gone, so that whatever takes the focus keeps it.
    requestAnimationFrame(() => {
      if (item.kind === 'command') return item.command.run();
      screen.set('notes');
      view.show({ kind: 'all' });
      view.openInEditor(item.note.id);
    });
  };

  useEffect(() => {
    if (active) list.current?.querySelector(`#${CSS.escape(active.id)}`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && active) {
      event.preventDefault();
      run(active);
      return;
    }
    // Home and End move in the text, as in any other box.
    if (event.key === 'Home' || event.key === 'End') return;
    const row = rowByKey(event.key, at, items.length, PAGE);
    if (row === null) return;
    event.preventDefault();
    const wrapped = row === at && event.key === 'ArrowDown' ? 0 : row === at && event.key === 'ArrowUp' ? -1 : row;
    setAt(wrapped < 0 ? items.length - 1 : wrapped);
  };

  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={dialog.backdrop} />
        <Base.Popup className={styles.popup} initialFocus={input} finalFocus={() => !ran.current}>
          <Base.Title className="visually-hidden">Command palette</Base.Title>
          <input
            ref={input}
            className={styles.input}
            role="combobox"
            aria-label="Command or note"
            aria-expanded="true"
            aria-controls="palette-items"
            aria-activedescendant={active?.id}
            aria-autocomplete="list"
            placeholder="What to do, or a note’s title"
            spellCheck={false}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          <div ref={list} id="palette-items" role="listbox" aria-label="Commands and notes" className={styles.items}>
            {items.map((item) => (
              <Option key={item.id} item={item} active={item === active} onRun={run} />
            ))}
          </div>
          {items.length === 0 && <p className={styles.none}>No command and no title has “{query.trim()}”.</p>}
          <span className="visually-hidden" role="status">
            {query ? `${items.length} found` : ''}
          </span>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

interface OptionProps {
  item: PaletteItem;
  active: boolean;
  onRun: (item: PaletteItem) => void;
}

function Option({ item, active, onRun }: OptionProps) {
  const Icon = item.kind === 'note' ? NotebookText : ChevronRight;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the box keeps the focus and names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's
    <div id={item.id} role="option" aria-selected={active} className={styles.option} onClick={() => onRun(item)}>
      <Icon size={15} aria-hidden="true" />
      <span className={styles.label}>{item.kind === 'note' ? item.note.title || 'Untitled' : item.command.label}</span>
      {item.kind === 'command' && item.command.keys && <kbd>{item.command.keys}</kbd>}
      {item.kind === 'note' && <span className={styles.aside}>{shortTime(item.note.editedAt)}</span>}
    </div>
  );
}
