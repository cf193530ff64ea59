import type { OpenSearchDoor } from './door.ts';
import { openReader, type SearchReader } from './reader.ts';

/** For tests, the simulation and the command line: no thread, the same answers. */
export const sameThreadDoor: OpenSearchDoor = (path) => {
  let opened: SearchReader | null = null;
  const reader = (): SearchReader => {
    opened ??= openReader(path);
    return opened;
  };
  return {
    search: async (query) => reader().search(query),
    check: async () => reader().check(),
    close: async () => {
      opened?.close();
      opened = null;
    },
  };
};
