import { log } from './logging/log.ts';
import type { NotesStore } from './notes/notes-store.ts';

/** Nothing was typed and nothing came for so long. */
const QUIET_MS = 5_000;
/** After opening, once: a look at every page of the file, in the search worker. */
const CHECK_AFTER_MS = 60_000;

/** Housekeeping of the open notes while nobody needs them (docs/storage.md). The function that comes back ends it. */
export const keepTidy = (notes: NotesStore): (() => void) => {
  let timer: NodeJS.Timeout;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(tidy, QUIET_MS).unref();
  };
  const tidy = (): void => {
    try {
      notes.tidy();
    } catch (error) {
      log.warn(`notes: could not tidy up: ${String(error)}`);
    }
  };
  const check = setTimeout(() => {
    notes
      .check()
      .then((failure) => failure && log.warn(`notes: ${failure.message} ${failure.mend ?? ''}`))
      .catch(() => {});
  }, CHECK_AFTER_MS).unref();
  const unlisten = [notes.on('changed', () => later()), notes.on('queued', () => later())];
  later();
  return () => {
    clearTimeout(timer);
    clearTimeout(check);
    for (const stop of unlisten) stop();
  };
};
