import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { clipboard, dialog, globalShortcut, Notification, shell, Tray } from './desktop.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, MenuItem } from './menu.ts';
import { nativeTheme } from './native-theme.ts';
import { protocol } from './protocol.ts';
import { safeStorage } from './safe-storage.ts';
import { session } from './session.ts';
import { strict } from './strict.ts';
import { crashReporter, nativeImage, net, powerMonitor, screen, systemPreferences } from './system.ts';
import { utilityProcess } from './utility-process.ts';
import { webContents } from './web-contents.ts';

/** What `require('electron')` gives the main process. */
export const electron = strict("require('electron')", {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  utilityProcess,
  webContents,
});
