import type { EventEmitter } from 'node:events';
import { hostState } from './host-state.ts';
import { createEvent } from './strict.ts';

/**
 * Electron's order at the end: `before-quit`, every window's `close`, `will-quit`, `quit`, end of the process.
 * The first three can be prevented. `window-all-closed` stays silent while quitting.
 */
export const createQuit = (app: EventEmitter, release: () => void) => {
  let exiting = false;

  const exit = (code = 0): void => {
    if (exiting) return;
    exiting = true;
    for (const window of [...hostState.windows]) window.destroy();
    app.emit('quit', createEvent(), code);
    release();
    void endChromium().finally(() => process.exit(code));
  };

  const finish = (): void => {
    const event = createEvent();
    app.emit('will-quit', event);
    if (event.defaultPrevented) hostState.quitting = false;
    else exit(0);
  };

  const quit = (): void => {
    if (exiting || hostState.quitting) return;
    const event = createEvent();
    app.emit('before-quit', event);
    if (event.defaultPrevented) return;
    hostState.quitting = true;
    if (hostState.windows.size === 0) finish();
    for (const window of [...hostState.windows]) window.close();
  };

  hostState.signals.on('window-gone', () => {
    if (exiting || hostState.windows.size > 0) return;
    if (hostState.quitting) finish();
    else if (app.listenerCount('window-all-closed') === 0) quit();
    else app.emit('window-all-closed');
  });
  hostState.signals.on('close-prevented', () => {
    hostState.quitting = false;
  });
  return { quit, exit };
};

/** Asks Chromium to end, so that it writes localStorage and the like; insists after a while. */
const endChromium = async (): Promise<void> => {
  const { chromium } = hostState;
  if (!chromium) return;
  chromium.connection.browser.send('Browser.close').catch(() => {});
  const insist = setTimeout(() => chromium.process.kill('SIGKILL'), 5000);
  await chromium.exited;
  clearTimeout(insist);
};
