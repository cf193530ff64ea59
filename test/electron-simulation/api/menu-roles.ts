import { app } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';

interface Role {
  label: string;
  accelerator?: string;
  /** Roles without one (copy, paste…) are the page's own, by its keyboard. */
  act?(window: BrowserWindow | null): void;
}

const zoom = (change: (factor: number) => number) => (window: BrowserWindow | null) => {
  if (window) window.webContents.zoomFactor = change(window.webContents.zoomFactor);
};

/** What a menu item does that has a role instead of a click function, as far as it shows here. */
export const menuRoles: Record<string, Role> = {
  quit: { label: 'Quit', accelerator: 'CmdOrCtrl+Q', act: () => app.quit() },
  close: { label: 'Close Window', accelerator: 'CmdOrCtrl+W', act: (window) => window?.close() },
  minimize: { label: 'Minimize', act: (window) => window?.minimize() },
  reload: { label: 'Reload', act: (window) => window?.reload() },
  togglefullscreen: { label: 'Toggle Full Screen', act: (window) => window?.setFullScreen(!window.isFullScreen()) },
  resetzoom: { label: 'Actual Size', accelerator: 'CmdOrCtrl+0', act: zoom(() => 1) },
  zoomin: { label: 'Zoom In', accelerator: 'CmdOrCtrl+Plus', act: zoom((factor) => factor * 1.2) },
  zoomout: { label: 'Zoom Out', accelerator: 'CmdOrCtrl+-', act: zoom((factor) => factor / 1.2) },
  editmenu: { label: 'Edit' },
  windowmenu: { label: 'Window' },
  filemenu: { label: 'File' },
  viewmenu: { label: 'View' },
};
