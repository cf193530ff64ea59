import { useSyncExternalStore } from 'react';

/** Whether the window is too narrow for a sidebar beside the list and the editor. */
export const NARROW = '(max-width: 900px)';

export const isNarrow = (): boolean => matchMedia(NARROW).matches;

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, isNarrow);
