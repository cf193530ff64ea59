import { app, type BrowserWindow, dialog } from 'electron';
import { log } from '../logging/log.ts';

/** So many crashes within so long, and the person is asked before the page is loaded once more. */
const SEVERAL = 3;
const WITHIN_MS = 60_000;

const keepsCrashing: Electron.MessageBoxOptions = {
  type: 'error',
  message: "Burrow's window keeps crashing.",
  detail: 'What was saved is safe. If this goes on, restart the computer or reinstall Burrow; the log says more.',
  buttons: ['Try again', 'Quit'],
  defaultId: 0,
  cancelId: 0,
};

const notAnswering: Electron.MessageBoxOptions = {
  type: 'warning',
  message: 'The window does not answer.',
  detail: 'What was saved is safe. Loading it again loses what was typed in the last second.',
  buttons: ['Wait', 'Load the window again'],
  defaultId: 0,
  cancelId: 0,
};

/** Brings the page back when its process has ended or hangs. Main holds the notes, so it opens on all that was saved. */
export const recoverWindow = (window: BrowserWindow): void => {
  const { webContents } = window;
  let crashes: number[] = [];
  let asking: AbortController | null = null;

  const reload = (): void => {
    if (!window.isDestroyed()) webContents.reload();
  };

  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.error(`window: its process is gone (${reason}, ${exitCode}); the page is loaded again`);
    asking?.abort();
    crashes = [...crashes.filter((at) => Date.now() - at < WITHIN_MS), Date.now()];
    // Not inside the event: Chromium is still taking the old process apart.
    if (crashes.length < SEVERAL) setImmediate(reload);
    else
      void dialog
        .showMessageBox(window, keepsCrashing)
        .then(({ response }) => (response === 0 ? reload() : app.quit()));
  });

  window.on('unresponsive', () => {
    if (asking) return;
    log.error('window: it does not answer');
    const question = new AbortController();
    asking = question;
    void dialog.showMessageBox(window, { ...notAnswering, signal: question.signal }).then(({ response }) => {
      asking = null;
      // The page cannot hear that it should reload; its process is ended, and the handler above loads it again.
      if (response === 1 && !question.signal.aborted && !window.isDestroyed()) webContents.forcefullyCrashRenderer();
    });
  });
  window.on('responsive', () => {
    log.info('window: it answers again');
    asking?.abort();
  });
};
