import type { BridgeHalf } from './bridge-half.ts';

/** What the two injected scripts of a window agree on. */
export interface PageSettings {
  /** The name of the event by which the worlds find each other, before any script of the page runs. */
  handshake: string;
  /** How the hosts end that stand for the app's own scheme. */
  appHostSuffixes: string[];
}

interface Parts {
  settings: PageSettings;
  createBridgeHalf(node: EventTarget, mine: string, theirs: string): BridgeHalf;
}

/** Runs in the page's own world, before the page's scripts: the receiving end of contextBridge. */
export function runMainWorld({ settings, createBridgeHalf }: Parts): void {
  const page = globalThis as unknown as EventTarget & {
    top: unknown;
    open(url?: string, target?: string, features?: string): unknown;
    location: { hostname: string };
    Document: { prototype: object };
  };
  if (settings.appHostSuffixes.some((suffix) => page.location.hostname.endsWith(suffix))) {
    // Electron's cookie store knows http and https only: a page of a custom scheme has no cookies.
    Object.defineProperty(page.Document.prototype, 'cookie', {
      get: () => '',
      set: () => {},
      configurable: true,
      enumerable: true,
    });
    Reflect.deleteProperty(page, 'cookieStore');
  }
  // Denied by setWindowOpenHandler, `window.open` answers null. Without an opener it does so here too; main hears of
  // the attempt and closes what Chromium opened.
  const open = page.open.bind(page);
  page.open = (url, target, features) => {
    const stays = target !== undefined && /^_(self|parent|top)$/i.test(target);
    return stays ? open(url, target, features) : open(url, target, features ? `${features},noopener` : 'noopener');
  };
  if (page.top !== page) return;

  const freeze = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
    if (ArrayBuffer.isView(value)) return value;
    for (const part of Object.values(value)) freeze(part);
    return Object.freeze(value);
  };
  page.addEventListener(
    settings.handshake,
    (event) => {
      event.stopImmediatePropagation();
      const node = (event as unknown as { relatedTarget: EventTarget }).relatedTarget;
      const half = createBridgeHalf(node, 'page', 'preload');
      half.hear('expose', (detail) => {
        const { name, value } = detail as { name: string; value: unknown };
        const taken = Object.hasOwn(page, name);
        if (!taken) Object.defineProperty(page, name, { value: freeze(half.unpack(value)), enumerable: true });
        half.tell('exposed', { taken });
      });
    },
    { once: true },
  );
}
