import { log } from './logging/log.ts';
import type { NotesStore } from './notes/notes-store.ts';

/** Nothing was typed and nothing came for so long. */
const QUIET_MS = 5_000;
/** Between two pieces of work, so that a keystroke never waits for more than one. */
const PAUSE_MS = 100;
/** After opening, once: a look at every page of the file, in the search worker. */
const CHECK_AFTER_MS = 60_000;

/** Housekeeping of the open notes while nobody needs them (docs/storage.md). The function that comes back ends it. */
export const keepTidy = (notes: NotesStore): (() => void) => {
  let timer: NodeJS.Timeout;
  const later = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(tidy, ms).unref();
  };
  const tidy = (): void => {
    try {
      if (notes.tidy()) later(PAUSE_MS);
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
  const unlisten = [notes.on('changed', () => later(QUIET_MS)), notes.on('queued', () => later(QUIET_MS))];
  later(QUIET_MS);
  return () => {
    clearTimeout(timer);
    clearTimeout(check);
    for (const stop of unlisten) stop();
  };
};
