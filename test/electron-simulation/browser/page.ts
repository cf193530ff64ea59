import { randomUUID } from 'node:crypto';
import { ISOLATED_WORLD, isolatedWorldScript, mainWorldScript, SEND_BINDING } from '../page/scripts.ts';
import { fromChromium, simulatedSuffixes, toChromium } from './app-origin.ts';
import type { Chromium } from './chromium-process.ts';
import type { CdpSession, RequestPaused } from './connection.ts';
import { openTarget, type TargetShape } from './target.ts';

export interface PageOptions extends TargetShape {
  preload: string | null;
}

/** What a page tells its WebContents. URLs are already mapped to the app's scheme. */
export interface PageEvents {
  /** Before anything else happens in it. */
  created(targetId: string): void;
  /** A request, before anything is sent. Must end with one of the Fetch domain's answers. */
  requestPaused(session: CdpSession, request: RequestPaused): void;
  /** From the preload's world: a header line in JSON, then the arguments as the codec's text. */
  message(text: string, reply: (id: number, ok: boolean, text: string) => void): void;
  navigated(url: string, inPage: boolean): void;
  lifecycle(name: 'dom-ready' | 'load'): void;
  /** The page asked for a window; what Chromium opens for it is closed as a stray (target.ts). */
  windowOpen(request: { url: string; frameName: string; features: string; disposition: string }): void;
  titled(title: string): void;
  /** The page's `beforeunload` asks to stay; returns whether it is closed all the same. */
  unloadPrevented(): boolean;
  crashed(): void;
  gone(): void;
}

/** One page of Chromium, as a BrowserWindow's WebContents needs it. */
export class Page {
  readonly targetId: string;
  readonly session: CdpSession;
  mainFrameId = '';
  /** Of the preload's world in the present document; null before its script has run. */
  #isolatedContext: number | null = null;
  /** Main-frame navigations that the page itself asked for and that have not committed. */
  readonly #requested = new Set<string>();
  #title = '';
  /** What `navigate` is loading at the moment. */
  #ownNavigation = '';
  #undelivered: [channel: string, text: string][] = [];

  private constructor(targetId: string, session: CdpSession) {
    this.targetId = targetId;
    this.session = session;
  }

  static async open(chromium: Chromium, options: PageOptions, events: PageEvents): Promise<Page> {
    const { targetId, session } = await openTarget(chromium, options);
    events.created(targetId);
    const page = new Page(targetId, session);
    await page.#prepare(chromium, options, events);
    return page;
  }

  async #prepare(chromium: Chromium, options: PageOptions, events: PageEvents): Promise<void> {
    const { session } = this;
    session.on('close', () => events.gone());
    session.on('Inspector.targetCrashed', () => events.crashed());
    session.on('Fetch.requestPaused', (request) => events.requestPaused(session, request));
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) =>
      events.windowOpen({
        url: fromChromium(url),
        frameName: windowName,
        features: windowFeatures.join(','),
        disposition: 'foreground-tab',
      }),
    );
    session.on('Page.javascriptDialogOpening', ({ type }) => {
      if (type !== 'beforeunload') return;
      // Playwright may have answered first.
      session.send('Page.handleJavaScriptDialog', { accept: events.unloadPrevented() }).catch(() => {});
    });
    chromium.connection.browser.on('Target.targetInfoChanged', ({ targetInfo }) => {
      if (targetInfo.targetId === this.targetId) this.#retitle(targetInfo.title, targetInfo.url, events);
    });
    this.#followNavigation(events);
    this.#followContexts(events);

    await session.send('Page.enable');
    const { frameTree } = await session.send('Page.getFrameTree');
    this.mainFrameId = frameTree.frame.id;
    await session.send('Page.setLifecycleEventsEnabled', { enabled: true });
    const settings = { handshake: `bridge-${randomUUID()}`, appHostSuffixes: simulatedSuffixes() };
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(settings) });
    if (options.preload) {
      await session.send('Runtime.addBinding', { name: SEND_BINDING, executionContextName: ISOLATED_WORLD });
      const source = isolatedWorldScript(settings, options.preload);
      await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: ISOLATED_WORLD });
    }
    await session.send('Runtime.enable');
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  #retitle(title: string, url: string, events: PageEvents): void {
    // A page without a title is called by its address, with or without the scheme.
    if (title === this.#title || url.includes(title)) return;
    this.#title = title;
    events.titled(title);
  }

  #followNavigation(events: PageEvents): void {
    const { session } = this;
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return;
      this.mainFrameId = frame.id;
      this.#requested.clear();
      events.navigated(fromChromium(frame.url + (frame.urlFragment ?? '')), false);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.mainFrameId) events.navigated(fromChromium(url), true);
    });
    session.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      if (disposition === 'currentTab') this.#requested.add(`${frameId} ${withoutHash(url)}`);
      // A click with Ctrl or the middle button; the page that Chromium opens for it is closed as a stray.
      else events.windowOpen({ url: fromChromium(url), frameName: '', features: '', disposition: 'background-tab' });
    });
    session.on('Page.lifecycleEvent', ({ frameId, name }) => {
      if (frameId !== this.mainFrameId) return;
      if (name === 'DOMContentLoaded') events.lifecycle('dom-ready');
      if (name === 'load') events.lifecycle('load');
    });
  }

  #followContexts(events: PageEvents): void {
    const { session } = this;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== ISOLATED_WORLD || context.auxData?.frameId !== this.mainFrameId) return;
      this.#isolatedContext = context.id;
      for (const [channel, text] of this.#undelivered.splice(0)) this.deliver(channel, text);
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (this.#isolatedContext === executionContextId) this.#isolatedContext = null;
    });
    session.on('Runtime.executionContextsCleared', () => {
      this.#isolatedContext = null;
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== SEND_BINDING) return;
      events.message(payload, (id, ok, text) => this.#callDoor(executionContextId, 'reply', [id, ok, text]));
    });
  }

  /** Hands a message of `webContents.send` to the preload; keeps it until there is one. */
  deliver(channel: string, text: string): void {
    if (this.#isolatedContext === null) this.#undelivered.push([channel, text]);
    else this.#callDoor(this.#isolatedContext, 'deliver', [channel, text]);
  }

  #callDoor(executionContextId: number, method: 'reply' | 'deliver', args: unknown[]): void {
    const functionDeclaration = `function (...args) { globalThis.burrowSimulatedDoor?.${method}(...args); }`;
    const call = { executionContextId, functionDeclaration, arguments: args.map((value) => ({ value })) };
    // The document may be gone by now; then there is nobody to tell.
    this.session.send('Runtime.callFunctionOn', call).catch(() => {});
  }

  /**
   * Whether the page itself, rather than main or a test, asked for this navigation. Its renderer says so before it
   * makes the request, on the same channel; the short wait is for the case that this order ever changes.
   */
  async wasRequestedByPage(frameId: string, chromiumUrl: string): Promise<boolean> {
    const key = `${frameId} ${withoutHash(chromiumUrl)}`;
    if (this.#requested.has(key)) return true;
    if (this.#ownNavigation === withoutHash(chromiumUrl)) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
    return this.#requested.has(key);
  }

  forgetRequestedNavigations(): void {
    this.#requested.clear();
  }

  /** Resolves when the document is committed; rejects with Chromium's `ERR_…` text. */
  async navigate(url: string): Promise<void> {
    this.#ownNavigation = withoutHash(toChromium(url));
    const { errorText } = await this.session.send('Page.navigate', { url: toChromium(url) });
    this.#ownNavigation = '';
    if (errorText) throw new Error(errorText.replace('net::', ''));
  }
}

const withoutHash = (url: string): string => url.split('#')[0] ?? url;
