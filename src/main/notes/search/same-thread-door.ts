import type { OpenSearchDoor } from './door.ts';
import { openReader } from './reader.ts';

/** For tests, the simulation and the command line: no thread, the same answers. */
export const sameThreadDoor: OpenSearchDoor = (path) => {
  const reader = openReader(path);
  return {
    search: async (query) => reader.search(query),
    check: async () => reader.check(),
    close: async () => reader.close(),
  };
};
