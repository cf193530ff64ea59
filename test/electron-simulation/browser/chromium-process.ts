import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { requireChromium } from '../chromium.ts';
import { CdpConnection } from './connection.ts';

export interface Chromium {
  readonly connection: CdpConnection;
  readonly process: ChildProcess;
  readonly executable: string;
  readonly profile: string;
  readonly headless: boolean;
  /** Where Playwright connects; null unless `debuggingPort` was asked for. */
  readonly devToolsUrl: string | null;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

interface Options {
  /** Kept from one start to the next, so that localStorage and the like persist as in Electron's user data. */
  profile: string;
  headless: boolean;
  debuggingPort: boolean;
}

const quiet = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-back-forward-cache',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-field-trial-config',
  '--disable-hang-monitor',
  '--disable-infobars',
  '--disable-prompt-on-repost',
  '--disable-search-engine-choice-screen',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-service-autorun',
  '--password-store=basic',
  '--use-mock-keychain',
  '--force-color-profile=srgb',
  '--hide-crash-restore-bubble',
  '--allow-pre-commit-input',
  // The page must not see that it is driven: clerk-js refuses browsers that say so, and Electron's do not.
  '--disable-blink-features=AutomationControlled',
  `--disable-features=${[
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsFirstBalancedModeAutoEnable',
    'HttpsUpgrades',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationHints',
    'PaintHolding',
    'PreconnectToSearch',
    'Translate',
  ].join(',')}`,
  '--enable-features=CDPScreenshotNewSurface,SkipListAccountsWithoutGaiaCookies',
  // A second wall behind the interception of requests: no name and no address can be reached.
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

const DEVTOOLS_LINE = /^DevTools listening on (ws:\/\/\S+)/m;

export const startChromium = async ({ profile, headless, debuggingPort }: Options): Promise<Chromium> => {
  const executable = requireChromium();
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  const args = [
    ...quiet,
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    ...(debuggingPort ? ['--remote-debugging-port=0'] : []),
    ...(headless ? ['--headless=new'] : []),
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
  ];
  const child = spawn(executable, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] });
  const stderr = collect(child.stderr as Readable);
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: -1, signal: null }));
  });
  const connection = new CdpConnection(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const failed = exited.then(() => {
    throw new Error(`Chromium (${executable}) ended before it was ready:\n${stderr.text().slice(-2000)}`);
  });
  failed.catch(() => {});
  await Promise.race([connection.browser.send('Browser.getVersion'), failed]);
  const devToolsUrl = debuggingPort ? await Promise.race([stderr.match(DEVTOOLS_LINE), failed]) : null;
  return { connection, process: child, executable, profile, headless, devToolsUrl, exited };
};

/** Chromium's complaints (no system bus, no GPU…) are kept back; they are shown when it fails to start. */
const collect = (stream: Readable) => {
  let text = '';
  const listeners = new Set<() => void>();
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text = (text + chunk).slice(-20_000);
    for (const listener of listeners) listener();
  });
  return {
    text: () => text,
    match: (pattern: RegExp): Promise<string> =>
      new Promise((resolve) => {
        const look = () => {
          const found = pattern.exec(text)?.[1];
          if (!found) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
  };
};
