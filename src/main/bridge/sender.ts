import type { WebContents, WebFrameMain } from 'electron';
import { APP_ORIGIN } from '../../shared/app-origin.ts';

/** The part of Electron's IpcMainInvokeEvent that says who asks. */
export interface Sender {
  sender: Pick<WebContents, 'getType' | 'mainFrame'>;
  senderFrame: Pick<WebFrameMain, 'url' | 'parent'> | null;
}

/**
 * A message counts only from the main frame of a window of ours that shows our origin.
 * All three are needed: a frame inside our page, a foreign page in our window and a webview would each pass the other two.
 */
export const isTrustedSender = (event: Sender): boolean => {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null) return false;
  if (event.sender.getType() !== 'window') return false;
  return frame.url === APP_ORIGIN || frame.url.startsWith(`${APP_ORIGIN}/`);
};
