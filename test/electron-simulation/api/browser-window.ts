import { pathToFileURL } from 'node:url';
import type { Page } from '../browser/page.ts';
import { hostState } from './host-state.ts';
import { applyTheme } from './native-theme.ts';
import { applyPermissions } from './permissions.ts';
import { createEvent, strictEmitter } from './strict.ts';
import { WebContents } from './web-contents.ts';
import { applyBounds, type Rectangle, readBounds, setState } from './window-bounds.ts';

interface Options {
  width?: number;
  height?: number;
  x?: number;
  y?: number;
  show?: boolean;
  title?: string;
  webPreferences?: { preload?: string; contextIsolation?: boolean; sandbox?: boolean; nodeIntegration?: boolean };
}

/** Only what a hardened app uses is simulated; a laxer setting would be silently stricter here than in Electron. */
const refuseLaxPreferences = (preferences: Options['webPreferences']): void => {
  if (preferences?.contextIsolation === false || preferences?.sandbox === false || preferences?.nodeIntegration) {
    throw new Error('The simulated host has only isolated, sandboxed windows without Node');
  }
};

let lastId = 0;

export class BrowserWindow extends strictEmitter('BrowserWindow') {
  readonly id: number;
  readonly webContents: WebContents;
  #normal: Rectangle;
  #title: string;
  #state: 'normal' | 'minimized' | 'maximized' | 'fullscreen' = 'normal';
  #visible: boolean;
  #destroyed = false;
  #shown = false;
  #closing = false;

  constructor(options: Options = {}) {
    super();
    if (!hostState.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    refuseLaxPreferences(options.webPreferences);
    lastId += 1;
    this.id = lastId;
    const { width = 800, height = 600, x = 0, y = 0, title } = options;
    this.#normal = { x, y, width, height };
    this.#title = title ?? hostState.application.name;
    this.#visible = options.show !== false;
    this.webContents = new WebContents({
      width,
      height,
      title: this.#title,
      preload: options.webPreferences?.preload ?? null,
    });
    hostState.windows.add(this);
    this.webContents.once('destroyed', () => this.#gone());
    this.webContents.once('dom-ready', () => this.emit('ready-to-show'));
    this.webContents.on('page-title-updated', (event, pageTitle: string) => {
      this.emit('page-title-updated', event, pageTitle, true);
      this.#title = pageTitle;
    });
    this.#apply((page) => applyBounds(page, this.#normal));
    this.#apply(async (page) => {
      page.session.on('Page.frameResized', () => void this.#followPerson(page));
    });
    this.#apply((page) => applyTheme(page.session));
    this.#apply(() => applyPermissions(this.webContents));
    if (!this.#visible) this.#apply((page) => setState(page, 'minimized'));
    hostState.signals.emit('window-created', this);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...hostState.windows];
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return contents.getOwnerBrowserWindow();
  }
  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.isFocused()) ?? null;
  }

  #apply(action: (page: Awaited<WebContents['page']>) => Promise<unknown>): void {
    this.webContents.page.then(action).catch(() => {});
  }

  async #followPerson(page: Page): Promise<void> {
    const bounds = await readBounds(page).catch(() => null);
    if (!bounds || this.#destroyed) return;
    this.#normal = bounds;
    this.emit('resize');
  }

  #gone(): void {
    if (this.#destroyed) return;
    // A person closed it: too late to prevent, but what the app saves on `close` is saved.
    if (!this.#closing) this.emit('close', createEvent());
    this.#destroyed = true;
    hostState.windows.delete(this);
    this.emit('closed');
    hostState.signals.emit('window-gone');
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  loadFile(path: string): Promise<void> {
    return this.loadURL(pathToFileURL(path).href);
  }
  reload(): void {
    this.webContents.reload();
  }

  close(): void {
    if (this.#destroyed) return;
    const event = createEvent();
    this.emit('close', event);
    if (event.defaultPrevented) {
      hostState.signals.emit('close-prevented');
      return;
    }
    this.#closing = true;
    this.webContents.close();
  }
  /** Without `close` and the page's own handlers, as in Electron. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#closing = true;
    const { targetId } = this.webContents;
    this.webContents.markDestroyed();
    if (targetId) hostState.chromium?.connection.browser.send('Target.closeTarget', { targetId }).catch(() => {});
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }

  show(): void {
    this.#visible = true;
    this.#shown = true;
    this.#change('normal');
    this.emit('show');
    this.focus();
  }
  showInactive(): void {
    this.#visible = true;
    this.#change('normal');
    this.emit('show');
  }
  hide(): void {
    this.#visible = false;
    this.#apply((page) => setState(page, 'minimized'));
    this.emit('hide');
  }
  isVisible(): boolean {
    return this.#visible;
  }
  focus(): void {
    this.#apply(({ session }) => session.send('Page.bringToFront'));
    this.emit('focus');
  }
  blur(): void {
    this.emit('blur');
  }
  isFocused(): boolean {
    return this.#visible && this.#shown && this.#state !== 'minimized';
  }
  moveTop(): void {
    this.focus();
  }

  #change(state: 'normal' | 'minimized' | 'maximized' | 'fullscreen'): void {
    this.#state = state;
    this.#apply((page) => setState(page, state));
  }
  minimize(): void {
    this.#change('minimized');
    this.emit('minimize');
  }
  isMinimized(): boolean {
    return this.#state === 'minimized';
  }
  restore(): void {
    this.#change('normal');
    this.emit('restore');
  }
  maximize(): void {
    this.#visible = true;
    this.#change('maximized');
    this.emit('maximize');
  }
  unmaximize(): void {
    this.#change('normal');
    this.emit('unmaximize');
  }
  isMaximized(): boolean {
    return this.#state === 'maximized';
  }
  setFullScreen(on: boolean): void {
    this.#change(on ? 'fullscreen' : 'normal');
    this.emit(on ? 'enter-full-screen' : 'leave-full-screen');
  }
  isFullScreen(): boolean {
    return this.#state === 'fullscreen';
  }

  getBounds(): Rectangle {
    return { ...this.#normal };
  }
  getNormalBounds(): Rectangle {
    return { ...this.#normal };
  }
  getContentBounds(): Rectangle {
    return { ...this.#normal };
  }
  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#normal;
    this.#normal = { ...before, ...bounds };
    this.#apply((page) => applyBounds(page, this.#normal));
    if (before.width !== this.#normal.width || before.height !== this.#normal.height) this.emit('resize');
    if (before.x !== this.#normal.x || before.y !== this.#normal.y) this.emit('move');
  }
  getSize(): [number, number] {
    return [this.#normal.width, this.#normal.height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getPosition(): [number, number] {
    return [this.#normal.x, this.#normal.y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  center(): void {}

  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  // The frame around the page is the window manager's; these are accepted, without effect.
  setBackgroundColor(): void {}
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  setMinimumSize(): void {}
  setTitleBarOverlay(): void {}
  setProgressBar(): void {}
  setRepresentedFilename(): void {}
  setDocumentEdited(): void {}
  setContentProtection(): void {}
  setSkipTaskbar(): void {}
  flashFrame(): void {}
  setIcon(): void {}
}
