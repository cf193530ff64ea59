import type { OpenSearchDoor } from './door.ts';
import { SearchIndex } from './search-index.ts';

/** For tests, the simulation and the command line: no thread, the same answers; nothing is indexed before a search. */
export const sameThreadDoor: OpenSearchDoor = (options) => {
  let opened: SearchIndex | null = null;
  const index = (): SearchIndex => {
    opened ??= new SearchIndex(options);
    return opened;
  };
  return {
    search: async (query) => index().search(query),
    changed: () => {},
    indexed: async () => {
      while (index().catchUp());
    },
    tidy: () => {
      while (opened?.merge());
    },
    check: async () => index().check(),
    close: async () => {
      opened?.close();
      opened = null;
    },
  };
};
