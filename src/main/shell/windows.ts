import { join } from 'node:path';
import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { APP_ORIGIN } from '../../shared/app-origin.ts';
import type { Settings, SettingsFile } from './settings.ts';
import { recoverWindow } from './window-recovery.ts';

const MIN_WIDTH = 720;
const MIN_HEIGHT = 480;

/** The remembered place, unless the screen it was on is gone. */
const placement = (saved: Settings['window']): Electron.BrowserWindowConstructorOptions => {
  if (!saved) return { width: 1180, height: 780 };
  const { workArea } = screen.getDisplayMatching(saved);
  const visible =
    saved.x < workArea.x + workArea.width - 80 &&
    saved.y < workArea.y + workArea.height - 80 &&
    saved.x + saved.width > workArea.x + 80 &&
    saved.y >= workArea.y - 20;
  return visible
    ? { x: saved.x, y: saved.y, width: saved.width, height: saved.height }
    : { width: saved.width, height: saved.height };
};

/** Opens the main window: sandboxed, isolated, no Node, shown when its first paint is ready. */
export const openWindow = (settings: SettingsFile, preload: string): BrowserWindow => {
  const saved = settings.get().window;
  const window = new BrowserWindow({
    ...placement(saved),
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'Burrow',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1c1917' : '#faf8f5',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: true,
    },
  });
  window.once('ready-to-show', () => {
    if (saved?.maximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds();
    void settings.set({ window: { x, y, width, height, maximized: window.isMaximized() } });
  });
  window.webContents.on('will-prevent-unload', (event) => {
    // The page holds on only when an edit could not be saved: then the person decides.
    if (leaveUnsaved(window)) event.preventDefault();
  });
  recoverWindow(window);
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
};

const leaveUnsaved = (window: BrowserWindow): boolean =>
  dialog.showMessageBoxSync(window, {
    type: 'warning',
    message: 'An edit in this window has not been saved.',
    detail: 'Burrow keeps trying while the window is open. If you close it now, that edit is lost.',
    buttons: ['Keep the window open', 'Close and lose the edit'],
    defaultId: 0,
    cancelId: 0,
  }) === 1;

/** Brings the window to the front, or opens it again (a second start, a click in the dock). */
export const focusWindow = (open: () => BrowserWindow): void => {
  const window = BrowserWindow.getAllWindows()[0] ?? open();
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};

export const preloadPath = (distMain: string): string => join(distMain, '..', 'preload', 'index.cjs');
