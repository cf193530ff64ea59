import { Search, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { limits } from '../../../shared/notes/limits.ts';
import { bridge } from '../../bridge.ts';
import { useStore } from '../../store.ts';
import { keyName } from '../../ui/keys.ts';
import type { NotesView } from '../data/notes-view.ts';
import styles from './list.module.css';

const REST_MS = 120;

export function SearchBox({ view, shown }: { view: NotesView; shown: number }) {
  const { query, hits } = useStore(view.state);
  const focusWanted = useStore(view.searchFocus);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (focusWanted > 0) input.current?.select();
  }, [focusWanted]);

  useEffect(() => {
    if (query.trim() === '') return;
    const timer = setTimeout(async () => {
      const found = await bridge.notes.search({ query });
      view.setHits(query, found.ok ? found.value : []);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [query, view]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape' && query) {
      event.preventDefault();
      view.setQuery('');
    }
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      const first = document.querySelector<HTMLElement>('[data-note-row]');
      if (!first) return;
      event.preventDefault();
      if (event.key === 'Enter') first.click();
      first.focus();
    }
  };

  return (
    <search className={styles.search}>
      <Search size={15} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label="Search notes"
        aria-keyshortcuts="Control+K Meta+K"
        placeholder={`Search  ${keyName('K')}`}
        value={query}
        maxLength={limits.queryLength}
        spellCheck={false}
        onChange={(event) => view.setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {query && (
        <button type="button" aria-label="Clear search" onClick={() => view.setQuery('')}>
          <X size={14} />
        </button>
      )}
      <span className="visually-hidden" role="status">
        {hits ? `${shown} ${shown === 1 ? 'note' : 'notes'} found` : ''}
      </span>
    </search>
  );
}
