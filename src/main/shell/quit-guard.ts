import { app, BrowserWindow, dialog } from 'electron';
import { FailureError, failure } from '../../shared/failure.ts';
import type { NoteSummary } from '../../shared/notes/note.ts';
import { log } from '../logging/log.ts';

export interface QuitGuardOptions {
  /** Notes that the server has not acknowledged; empty when nobody is signed in. */
  unsynced: () => Promise<NoteSummary[]>;
  syncNow: () => void;
  exportMarkdown: (ids: string[]) => Promise<unknown>;
  /** False once the person has said not to be asked again. */
  asks: () => boolean;
  stopAsking: () => Promise<void>;
}

const PATIENCE_MS = 3_000;
const POLL_MS = 100;
const NAMED = 8;
const buttons = ['Quit', 'Sync now', 'Export as Markdown…', 'Cancel'];
const [QUIT, SYNC, EXPORT] = [0, 1, 2];

/** What the person is told: how many notes, which, and that they are not lost. */
export const describeUnsynced = (notes: readonly NoteSummary[]): { message: string; detail: string } => {
  const names = notes.slice(0, NAMED).map((note) => `•  ${note.title || 'Untitled'}`);
  if (notes.length > NAMED) names.push(`…and ${notes.length - NAMED} more`);
  return {
    message: notes.length === 1 ? 'One note is not synced yet' : `${notes.length} notes are not synced yet`,
    detail: `${names.join('\n')}\n\nThey are saved on this computer and are sent the next time Burrow runs with a connection.`,
  };
};

/**
 * Before quitting with unsynced notes: tries to sync them for a moment, then names those that are left and lets the
 * person quit, sync, export them, or stay.
 */
export const setUpQuitGuard = (options: QuitGuardOptions): void => {
  let mayQuit = false;
  let asking = false;

  const syncFor = async (ms: number): Promise<NoteSummary[]> => {
    options.syncNow();
    let left = await options.unsynced();
    for (let waited = 0; left.length > 0 && waited < ms; waited += POLL_MS) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      left = await options.unsynced();
    }
    return left;
  };

  /** An export that fails says so and leads back to the question, never to quitting. */
  const exportThem = async (notes: readonly NoteSummary[]): Promise<void> => {
    try {
      await options.exportMarkdown(notes.map(({ id }) => id));
    } catch (error) {
      log.error('quit guard: export', error);
      const { message, mend } =
        error instanceof FailureError
          ? error.failure
          : failure('export-failed', 'The notes could not be exported.', 'Try another folder.');
      dialog.showErrorBox(message, mend ?? '');
    }
  };

  const ask = async (): Promise<boolean> => {
    for (let left = await syncFor(PATIENCE_MS); left.length > 0; left = await syncFor(0)) {
      const question: Electron.MessageBoxOptions = {
        type: 'question',
        ...describeUnsynced(left),
        buttons,
        defaultId: QUIT,
        cancelId: buttons.length - 1,
        checkboxLabel: 'Do not ask again on this computer',
      };
      const window = BrowserWindow.getAllWindows()[0];
      const answer = await (window ? dialog.showMessageBox(window, question) : dialog.showMessageBox(question));
      if (answer.response === QUIT && answer.checkboxChecked) await options.stopAsking();
      if (answer.response === QUIT) return true;
      if (answer.response === SYNC) await syncFor(10 * PATIENCE_MS);
      else if (answer.response === EXPORT) await exportThem(left);
      else return false;
    }
    return true;
  };

  app.on('before-quit', (event) => {
    if (mayQuit || !options.asks()) {
      // Once only: a window with an unsaved edit may still stop this quit, and the next one asks again.
      mayQuit = false;
      return;
    }
    event.preventDefault();
    if (asking) return;
    asking = true;
    ask()
      .catch((error) => {
        log.error('quit guard', error);
        return true;
      })
      .then((quit) => {
        asking = false;
        mayQuit = quit;
        if (quit) app.quit();
      });
  });
};
