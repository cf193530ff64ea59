import type { EventEmitter } from 'node:events';
import { fromChromium } from '../browser/app-origin.ts';
import type { RequestPaused } from '../browser/connection.ts';
import type { Page } from '../browser/page.ts';
import { createEvent } from './strict.ts';

/**
 * Electron asks the app about navigations that a page starts (not about `loadURL`): `will-frame-navigate` for any
 * frame, `will-navigate` for the main one, `will-redirect` when the answer sends it elsewhere. Returns whether the
 * navigation may go on.
 */
export const mayNavigate = async (contents: EventEmitter, page: Page, paused: RequestPaused): Promise<boolean> => {
  const isMainFrame = paused.frameId === page.mainFrameId;
  const url = fromChromium(paused.request.url);
  const details = { url, isMainFrame, isSameDocument: false, frame: null, initiator: null };
  if (paused.redirectedRequestId) {
    const event = createEvent(details);
    contents.emit('will-redirect', event, url, false, isMainFrame);
    return !event.defaultPrevented;
  }
  if (!(await page.wasRequestedByPage(paused.frameId, paused.request.url))) return true;
  const anyFrame = createEvent(details);
  contents.emit('will-frame-navigate', anyFrame);
  if (!isMainFrame) return !anyFrame.defaultPrevented;
  const event = createEvent(details);
  contents.emit('will-navigate', event, url);
  return !anyFrame.defaultPrevented && !event.defaultPrevented;
};
