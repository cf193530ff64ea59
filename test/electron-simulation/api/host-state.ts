import { EventEmitter } from 'node:events';
import type { Chromium } from '../browser/chromium-process.ts';
import type { BrowserWindow } from './browser-window.ts';

/** The application that was started, as its package.json and its arguments describe it. */
export interface Application {
  name: string;
  version: string;
  /** `app.getAppPath()`. */
  path: string;
  mainFile: string;
}

/** What the parts of the host share; one per process, as in Electron. */
export const hostState: {
  application: Application;
  chromium: Chromium | null;
  ready: boolean;
  quitting: boolean;
  windows: Set<BrowserWindow>;
  /** Utility processes that run. */
  utilities: Set<{ pid: number; name: string }>;
  /** Requests that no handler of the app answered: all of them were refused. */
  networkAttempts: { url: string; method: string; resourceType: string }[];
  /** URLs given to `shell.openExternal` and paths to `shell.openPath`: nothing is opened. */
  opened: string[];
  /** Internal: 'window-gone' after a window left `windows`. */
  signals: EventEmitter;
} = {
  application: { name: 'Electron', version: '0.0.0', path: process.cwd(), mainFile: '' },
  chromium: null,
  ready: false,
  quitting: false,
  windows: new Set(),
  utilities: new Set(),
  networkAttempts: [],
  opened: [],
  signals: new EventEmitter(),
};
