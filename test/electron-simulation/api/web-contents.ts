import { fromChromium } from '../browser/app-origin.ts';
import type { CdpSession, RequestPaused } from '../browser/connection.ts';
import { Page, type PageOptions } from '../browser/page.ts';
import { fail } from '../browser/requests.ts';
import { codec } from '../page/node-codec.ts';
import { hostState } from './host-state.ts';
import { pageUrlOf, receiveFromPage } from './ipc-main.ts';
import { mayNavigate } from './navigation.ts';
import { answerRequest } from './request-gate.ts';
import { session } from './session.ts';
import { createEvent, strict, strictEmitter } from './strict.ts';
import { createMainFrame } from './web-frame-main.ts';

type WindowOpenHandler = (details: { url: string; frameName: string; features: string; disposition: string }) => {
  action: 'allow' | 'deny';
};

let lastId = 0;

export class WebContents extends strictEmitter('webContents') {
  readonly id: number;
  readonly mainFrame = createMainFrame(this);
  readonly session = session.defaultSession;
  readonly page: Promise<Page>;
  readonly navigationHistory = strict('webContents.navigationHistory', {
    canGoBack: () => false,
    canGoForward: () => false,
    clear: () => {},
  });
  targetId = '';
  #url = '';
  #title = '';
  #loading = false;
  #destroyed = false;
  #crashed = false;
  #zoom = 1;
  #openHandler: WindowOpenHandler | null = null;
  #loaded: (() => void)[] = [];

  constructor(options: PageOptions) {
    super();
    lastId += 1;
    this.id = lastId;
    if (!hostState.chromium) throw new Error('Cannot create BrowserWindow before app is ready');
    this.page = this.#open(hostState.chromium, options);
    hostState.signals.emit('web-contents-created', this);
    this.page.catch((error: unknown) => {
      if (!this.#destroyed) console.error('The window could not be opened:', error);
    });
  }

  async #open(chromium: NonNullable<typeof hostState.chromium>, options: PageOptions): Promise<Page> {
    return Page.open(chromium, options, {
      created: (targetId) => {
        this.targetId = targetId;
      },
      requestPaused: (from, request) => void this.#answer(from, request),
      message: (text, reply) => {
        this.#url = fromChromium(pageUrlOf(text));
        receiveFromPage(this, text, reply);
      },
      navigated: (url, inPage) => {
        this.#url = url;
        this.emit(inPage ? 'did-navigate-in-page' : 'did-navigate', createEvent(), url, inPage ? true : 200);
      },
      lifecycle: (name) => this.#progress(name),
      windowOpen: (request) => this.#windowOpen(request),
      titled: (title) => {
        this.#title = title;
        this.emit('page-title-updated', createEvent(), title, true);
      },
      unloadPrevented: () => {
        const event = createEvent();
        this.emit('will-prevent-unload', event);
        if (!event.defaultPrevented) hostState.signals.emit('close-prevented');
        return event.defaultPrevented;
      },
      crashed: () => {
        this.#crashed = true;
        this.emit('render-process-gone', createEvent(), { reason: 'crashed', exitCode: 11 });
      },
      gone: () => this.markDestroyed(),
    });
  }

  #progress(name: 'dom-ready' | 'load'): void {
    if (name === 'dom-ready') {
      this.#crashed = false;
      this.emit('dom-ready', createEvent());
      return;
    }
    this.#loading = false;
    this.emit('did-finish-load', createEvent());
    this.emit('did-stop-loading', createEvent());
    for (const resolve of this.#loaded.splice(0)) resolve();
  }

  async #answer(from: CdpSession, paused: RequestPaused): Promise<void> {
    try {
      const page = await this.page;
      const isDocument = paused.resourceType === 'Document';
      const isSubframe = isDocument && paused.frameId !== page.mainFrameId;
      if (isDocument && !(await mayNavigate(this, page, paused))) {
        page.forgetRequestedNavigations();
        await fail(from, paused.requestId, 'Aborted');
      } else {
        await answerRequest(from, paused, this.id, isSubframe);
      }
    } catch (error) {
      // The page or the request went away in between; anything else is ours to see.
      if (!/target is closed|Invalid InterceptionId|Session with given id/.test(String(error))) console.error(error);
    }
  }

  #windowOpen(request: Parameters<WindowOpenHandler>[0]): void {
    const answer = this.#openHandler?.(request);
    if (answer?.action !== 'deny')
      console.error(`The simulated host opens no window for window.open('${request.url}')`);
  }

  /** Chromium's page is gone: by `close`, by a person, or with Chromium itself. */
  markDestroyed(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.emit('destroyed', createEvent());
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.page;
    this.#loading = true;
    this.emit('did-start-loading', createEvent());
    const loaded = new Promise<void>((resolve) => this.#loaded.push(resolve));
    try {
      await page.navigate(url);
    } catch (cause) {
      this.#loading = false;
      const code = cause instanceof Error ? cause.message : String(cause);
      this.emit('did-fail-load', createEvent(), -2, code, url, true);
      throw Object.assign(new Error(`${code} (-2) loading '${url}'`), { code, errno: -2, url });
    }
    await loaded;
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    const text = codec.encode(args);
    this.page.then((page) => page.deliver(channel, text)).catch(() => {});
  }

  async executeJavaScript(code: string, _userGesture?: boolean): Promise<unknown> {
    const page = await this.page;
    const call = { expression: code, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await page.session.send('Runtime.evaluate', call);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async capturePage(): Promise<{ toPNG(): Buffer; isEmpty(): boolean }> {
    const { session: cdp } = await this.page;
    const { data } = await cdp.send('Page.captureScreenshot', { format: 'png' });
    const png = Buffer.from(data, 'base64');
    return { toPNG: () => png, isEmpty: () => png.length === 0 };
  }

  async clearStorage(): Promise<void> {
    const { session: cdp } = await this.page;
    const { result } = await cdp.send('Runtime.evaluate', { expression: 'location.origin', returnByValue: true });
    await cdp.send('Storage.clearDataForOrigin', { origin: String(result.value), storageTypes: 'all' });
  }

  /** Closes the page; `waitForBeforeUnload` lets the page's own handlers run first. */
  close(_options?: { waitForBeforeUnload: boolean }): void {
    this.page.then(({ session: cdp }) => cdp.send('Page.close')).catch(() => this.markDestroyed());
  }

  reload(): void {
    this.page.then(({ session: cdp }) => cdp.send('Page.reload')).catch(() => {});
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }
  getType(): 'window' {
    return 'window';
  }
  getURL(): string {
    return this.#url;
  }
  getTitle(): string {
    return this.#title;
  }
  getOwnerBrowserWindow() {
    return [...hostState.windows].find((window) => window.webContents === this) ?? null;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isLoading(): boolean {
    return this.#loading;
  }
  isCrashed(): boolean {
    return this.#crashed;
  }
  /** Chromium answers no command to a page whose process it has just ended. */
  forcefullyCrashRenderer(): void {
    this.page.then(({ session: cdp }) => void cdp.send('Page.crash').catch(() => {})).catch(() => {});
  }
  setZoomFactor(factor: number): void {
    this.#zoom = factor;
    this.page
      .then(({ session: cdp }) => cdp.send('Emulation.setPageScaleFactor', { pageScaleFactor: factor }))
      .catch(() => {});
  }
  getZoomFactor(): number {
    return this.#zoom;
  }
  get zoomFactor(): number {
    return this.#zoom;
  }
  set zoomFactor(factor: number) {
    this.setZoomFactor(factor);
  }
  focus(): void {}
  openDevTools(): void {}
  closeDevTools(): void {}
  toggleDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false;
  }
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }
  setBackgroundThrottling(): void {}
}

export const webContents = strict('webContents', {
  getAllWebContents: (): WebContents[] => [...hostState.windows].map((window) => window.webContents),
  fromId: (id: number) => webContents.getAllWebContents().find((contents) => contents.id === id),
  /** Playwright finds the window of a page by this. */
  fromDevToolsTargetId: (targetId: string) =>
    webContents.getAllWebContents().find((contents) => contents.targetId === targetId),
  getFocusedWebContents: () => webContents.getAllWebContents()[0] ?? null,
});
