import { hostState } from './host-state.ts';
import { createPaths } from './paths.ts';
import { createQuit } from './quit.ts';
import { createSingleInstance } from './single-instance.ts';
import { createEvent, strict, strictEmitter } from './strict.ts';

const switches = new Map<string, string>();
const commandLine = strict('app.commandLine', {
  appendSwitch: (name: string, value = '') => void switches.set(name, value),
  appendArgument: () => {},
  hasSwitch: (name: string) => switches.has(name),
  getSwitchValue: (name: string) => switches.get(name) ?? '',
  removeSwitch: (name: string) => void switches.delete(name),
});

const nothing = () => {};

class App extends strictEmitter('app') {
  readonly commandLine = commandLine;
  readonly isPackaged = false;
  applicationMenu: unknown = null;
  userAgentFallback = '';
  readonly #paths = createPaths(() => this.getName());
  readonly #singleInstance = createSingleInstance(
    () => this.getPath('userData'),
    ({ argv, workingDirectory, additionalData }) => {
      const tell = () => this.emit('second-instance', createEvent(), argv, workingDirectory, additionalData);
      void this.whenReady().then(tell);
    },
  );
  readonly #end = createQuit(this, () => this.#singleInstance.release());
  readonly #ready = Promise.withResolvers<void>();
  #accessibility = false;

  constructor() {
    super();
    hostState.signals.on('window-created', (window: { webContents: object }) => {
      this.emit('browser-window-created', createEvent(), window);
    });
    hostState.signals.on('web-contents-created', (contents: object) => {
      this.emit('web-contents-created', createEvent(), contents);
    });
  }

  /** The host calls this when Chromium runs; Playwright's loader may hold the event back from the app. */
  becomeReady(): void {
    hostState.ready = true;
    this.#ready.resolve();
    this.emit('ready', createEvent(), {});
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  isReady(): boolean {
    return hostState.ready;
  }
  quit(): void {
    this.#end.quit();
  }
  exit(code = 0): void {
    this.#end.exit(code);
  }

  getName(): string {
    return hostState.application.name;
  }
  setName(name: string): void {
    hostState.application.name = name;
  }
  get name(): string {
    return this.getName();
  }
  set name(name: string) {
    this.setName(name);
  }
  getVersion(): string {
    return hostState.application.version;
  }
  getAppPath(): string {
    return hostState.application.path;
  }
  getPath(name: string): string {
    return this.#paths.get(name);
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  setAppLogsPath(path?: string): void {
    if (path) this.setPath('logs', path);
  }
  getLocale(): string {
    return 'en-US';
  }
  getSystemLocale(): string {
    return 'en-US';
  }
  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }

  /** Of each process only what it is; Chromium's own are not among them. */
  getAppMetrics(): { pid: number; type: string; name?: string }[] {
    const utilities = [...hostState.utilities].map((one) => ({ type: 'Utility', ...one }));
    return [{ type: 'Browser', pid: process.pid }, ...utilities];
  }

  requestSingleInstanceLock(additionalData?: unknown): boolean {
    return this.#singleInstance.request(additionalData);
  }
  hasSingleInstanceLock(): boolean {
    return this.#singleInstance.has();
  }
  releaseSingleInstanceLock(): void {
    this.#singleInstance.release();
  }

  // The desktop's part: accepted, without effect.
  setAsDefaultProtocolClient(): boolean {
    return true;
  }
  removeAsDefaultProtocolClient(): boolean {
    return true;
  }
  isDefaultProtocolClient(): boolean {
    return false;
  }
  isAccessibilitySupportEnabled(): boolean {
    return this.#accessibility;
  }
  setAccessibilitySupportEnabled(enabled: boolean): void {
    this.#accessibility = enabled;
  }
  setBadgeCount(): boolean {
    return false;
  }
  readonly enableSandbox = nothing;
  readonly setAppUserModelId = nothing;
  readonly disableHardwareAcceleration = nothing;
  readonly configureHostResolver = nothing;
  readonly setAboutPanelOptions = nothing;
  readonly showAboutPanel = nothing;
  readonly addRecentDocument = nothing;
  readonly clearRecentDocuments = nothing;
  readonly setUserTasks = nothing;
  readonly setJumpList = nothing;
  readonly setSecureKeyboardEntryEnabled = nothing;
  readonly focus = nothing;
  readonly hide = nothing;
  readonly show = nothing;
  /** macOS only in Electron too. */
  readonly dock = undefined;
}

export const app = new App();
