import type { Page } from '../browser/page.ts';
import { hostState } from './host-state.ts';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Where a window is. A headless page has no frame around it: its viewport is the window's whole size. A visible
 * one is moved by DevTools.
 */
export const applyBounds = async (page: Page, bounds: Rectangle): Promise<void> => {
  const { session } = page;
  const { chromium } = hostState;
  if (!chromium || chromium.headless) {
    const { width, height } = bounds;
    await session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 0, mobile: false });
    return;
  }
  await setState(page, 'normal');
  const { windowId } = await chromium.connection.browser.send('Browser.getWindowForTarget', {
    targetId: page.targetId,
  });
  const { x: left, y: top, width, height } = bounds;
  await chromium.connection.browser.send('Browser.setWindowBounds', { windowId, bounds: { left, top, width, height } });
};

/** Where a person moved a visible window; null for a headless one, which stays where it was put. */
export const readBounds = async (page: Page): Promise<Rectangle | null> => {
  const { chromium } = hostState;
  if (!chromium || chromium.headless) return null;
  const { bounds } = await chromium.connection.browser.send('Browser.getWindowForTarget', { targetId: page.targetId });
  const { left = 0, top = 0, width, height, windowState } = bounds;
  return windowState === 'normal' && width && height ? { x: left, y: top, width, height } : null;
};

export const setState = async (page: Page, windowState: 'normal' | 'minimized' | 'maximized' | 'fullscreen') => {
  const { chromium } = hostState;
  if (!chromium || chromium.headless) return;
  const { browser } = chromium.connection;
  const { windowId } = await browser.send('Browser.getWindowForTarget', { targetId: page.targetId });
  await browser.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
};
