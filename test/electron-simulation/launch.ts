import { _electron, type ElectronApplication, type Page } from 'playwright';
import { chooseHost, type Host } from './host.ts';

export interface LaunchOptions {
  /** The user-data folder: `BURROW_USER_DATA` of the app. */
  userData: string;
  env?: Record<string, string>;
  /** The app's own arguments, after its folder. */
  args?: string[];
  /** Another app than the one at the root of the repository. */
  appPath?: string;
  host?: Host;
}

export interface Launched {
  app: ElectronApplication;
  /** The first window, once it has loaded the app rather than Chromium's blank page. */
  window: Page;
  host: Host['name'];
  /** `app.quit()`, to the end of the process. */
  close(): Promise<void>;
  /** As a crash would: SIGKILL to the main process. */
  kill(): Promise<void>;
}

const root = new URL('../..', import.meta.url).pathname;
let announced = false;

const announce = (host: Host): void => {
  if (announced) return;
  announced = true;
  console.log(
    host.name === 'electron'
      ? `Host: Electron (${host.executable})`
      : 'Host: simulated (Node and Chromium, not Electron; docs/simulated-host.md)',
  );
};

/** Starts the app as Playwright starts Electron: in the real one where its binary is present, else simulated. */
export const startApp = async (options: LaunchOptions): Promise<{ app: ElectronApplication; host: Host['name'] }> => {
  const host = options.host ?? chooseHost();
  announce(host);
  const env = { ...process.env, BURROW_SIMULATED_HEADLESS: '1', BURROW_USER_DATA: options.userData, ...options.env };
  const app = await _electron.launch({
    // Without a path Playwright finds the real binary itself and can hold back `ready` until it is connected.
    ...(host.name === 'simulated' ? { executablePath: host.executable } : {}),
    args: [options.appPath ?? root, ...(options.args ?? [])],
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    // Else Playwright says "light" to every page, over whatever nativeTheme says.
    colorScheme: null,
  });
  return { app, host: host.name };
};

export const launchBurrow = async (options: LaunchOptions): Promise<Launched> => {
  const { app, host } = await startApp(options);
  const child = app.process();
  const exited = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
  try {
    const window = await app.firstWindow();
    await window.waitForURL((url) => url.protocol !== 'about:');
    return {
      app,
      window,
      host,
      close: async () => {
        await app.close().catch(() => {});
        await exited;
      },
      kill: async () => {
        child.kill('SIGKILL');
        await exited;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
};
