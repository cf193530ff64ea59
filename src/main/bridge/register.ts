import { BrowserWindow, ipcMain } from 'electron';
import type { BridgeEvents } from '../../shared/bridge/events.ts';
import { CALL_CHANNEL, EVENT_CHANNEL, type EventName } from '../../shared/bridge/names.ts';
import { fail } from '../../shared/failure.ts';
import { log } from '../logging/log.ts';
import { createAnswer, type Handlers } from './answer.ts';
import { isTrustedSender } from './sender.ts';

/** Opens the main end of the bridge. */
export const registerBridge = (handlers: Handlers): void => {
  const answer = createAnswer(handlers, (operation, error) => log.error(`bridge: ${operation} failed`, error));
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, input: unknown) => {
    if (!isTrustedSender(event)) {
      log.warn(`bridge: refused a message from ${event.senderFrame?.url ?? 'a frame that is gone'}`);
      return fail('untrusted-sender', 'This page may not use Burrow.');
    }
    return answer(name, input);
  });
};

/** Tells every window; answers whether there was one to hear it. */
export const tellWindows = <E extends EventName>(event: E, payload: BridgeEvents[E]): boolean => {
  const windows = BrowserWindow.getAllWindows().filter((window) => !window.isDestroyed());
  for (const window of windows) window.webContents.send(EVENT_CHANNEL, event, payload);
  return windows.length > 0;
};

/** Tells one window, the frontmost or else the first: for questions that want one answer. */
export const askWindow = <E extends EventName>(event: E, payload: BridgeEvents[E]): boolean => {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  if (!window || window.isDestroyed()) return false;
  window.webContents.send(EVENT_CHANNEL, event, payload);
  return true;
};
