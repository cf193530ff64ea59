import { hostState } from './host-state.ts';
import { session } from './session.ts';
import type { WebContents } from './web-contents.ts';

/** Electron's name for a permission, and Chromium's for what it covers. */
const names: [electron: string, chromium: string][] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['idle-detection', 'idle-detection'],
];

/**
 * Chromium asks nobody while it is driven. So the app's handler is asked beforehand, once a window, for what a page
 * might want; without a handler all is granted, as in Electron.
 */
export const applyPermissions = async (contents: WebContents): Promise<void> => {
  const browser = hostState.chromium?.connection.browser;
  for (const [permission, name] of names) {
    const granted = await ask(contents, permission);
    await browser?.send('Browser.setPermission', { permission: { name }, setting: granted ? 'granted' : 'denied' });
  }
};

const ask = (contents: WebContents, permission: string): Promise<boolean> => {
  const { permissionRequestHandler: handler } = session.defaultSession;
  if (!handler) return Promise.resolve(true);
  return new Promise((resolve) => {
    handler(contents, permission, resolve, { requestingUrl: contents.getURL(), isMainFrame: true });
  });
};
