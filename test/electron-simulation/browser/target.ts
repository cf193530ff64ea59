import { spawn } from 'node:child_process';
import type { Chromium } from './chromium-process.ts';
import type { CdpSession } from './connection.ts';

export interface TargetShape {
  width: number;
  height: number;
  title: string;
}

const ours = new Set<string>();
let lastOpening: Promise<unknown> = Promise.resolve();

/** Closes the pages that Chromium opens by itself: tabs of a click with Ctrl, a restored session. */
export const closeStrays = async (chromium: Chromium): Promise<void> => {
  const { browser } = chromium.connection;
  browser.on('Target.targetCreated', async ({ targetInfo: { type, targetId } }) => {
    if (type !== 'page') return;
    await lastOpening;
    if (!ours.has(targetId)) await browser.send('Target.closeTarget', { targetId }).catch(() => {});
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });
};

/** A new page: of a given size when headless, else in a window of its own without tabs or address bar. */
export const openTarget = async (
  chromium: Chromium,
  shape: TargetShape,
): Promise<{ targetId: string; session: CdpSession }> => {
  const { connection } = chromium;
  const { browser } = connection;
  const opening = chromium.headless ? createHeadless(browser, shape) : createVisible(chromium, shape);
  lastOpening = Promise.allSettled([lastOpening, opening]);
  const targetId = await opening;
  ours.add(targetId);
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
  const session = connection.session(sessionId);
  await session.send('Emulation.setUserAgentOverride', { userAgent: await userAgent(browser) });
  return { targetId, session };
};

/** Says nothing of a headless Chromium: clerk-js takes one for a robot. */
const userAgent = async (browser: CdpSession): Promise<string> => {
  const version = await browser.send('Browser.getVersion');
  return version.userAgent.replace('HeadlessChrome', 'Chrome');
};

const createHeadless = async (browser: CdpSession, { width, height }: TargetShape): Promise<string> => {
  const created = await browser.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height });
  return created.targetId;
};

/**
 * DevTools can open only windows with tabs. A second start of the same profile with `--app` is handed to the
 * running Chromium, which opens a plain window; its address tells it from others until it is navigated.
 */
const createVisible = async (chromium: Chromium, { width, height, title }: TargetShape): Promise<string> => {
  const { browser } = chromium.connection;
  const id = crypto.randomUUID();
  const mark = `data:text/html,<title>${encodeURIComponent(title)}</title><!--${id}-->`;
  const appeared = new Promise<string>((resolve) => {
    browser.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.type === 'page' && targetInfo.url.includes(id)) resolve(targetInfo.targetId);
    });
    browser.on('Target.targetInfoChanged', ({ targetInfo }) => {
      if (targetInfo.type === 'page' && targetInfo.url.includes(id)) resolve(targetInfo.targetId);
    });
  });
  const args = [`--user-data-dir=${chromium.profile}`, `--window-size=${width},${height}`, `--app=${mark}`];
  if (process.getuid?.() === 0) args.push('--no-sandbox', '--test-type');
  spawn(chromium.executable, args, { stdio: 'ignore' });
  return appeared;
};
