import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { vi } from 'vitest';
import type { Clerk } from '../../../../src/embedded/clerk/index.ts';
import { requireChromium } from '../../../electron-simulation/chromium.ts';
import { serve } from '../../../support/serve.ts';
import { buildPage } from './build-page.ts';

export const NONCE = 'bm9uY2Utb2YtdGhlLXRlc3Q';

/** As strict as the app's own: no network but its own origin, styles by nonce alone. */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  `style-src 'self' 'nonce-${NONCE}'`,
  "img-src 'self' data:",
  "font-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export interface BuiltPage {
  browser: Browser;
  folder: string;
  close(): Promise<void>;
}

/** Bundles the page and starts the browser; once for all tests of a file. */
export async function openBrowser(): Promise<BuiltPage> {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-clerk-page-'));
  await buildPage(folder);
  const browser = await chromium.launch({
    executablePath: requireChromium(),
    // navigator.webdriver would make clerk-js behave as no person sees it.
    args: ['--no-sandbox', '--disable-blink-features=AutomationControlled'],
  });
  const close = async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { browser, folder, close };
}

export interface AppWindow {
  page: Page;
  /** What the window's main process holds for it. */
  clientToken(): string | null;
  /** Everything the page complained about: errors, refused loads, uncaught exceptions. */
  complaints: string[];
  /** Requests that left the window's own origin. */
  strangers: string[];
  /** Whether the long-lived token was ever in something the page could read. */
  leaked: string[];
  close(): Promise<void>;
}

/** A window of the app: its page, and a proxy that keeps the client token out of it as main does. */
export async function openWindow(built: BuiltPage, clerk: Clerk, keptToken: string | null = null): Promise<AppWindow> {
  let clientToken = keptToken;
  const leaked: string[] = [];

  const proxy = async (request: Request, url: URL): Promise<Response> => {
    const target = new URL(url.pathname.slice('/__clerk'.length) + url.search, clerk.issuer);
    target.searchParams.set('_is_native', '1');
    const headers = new Headers({ 'content-type': request.headers.get('content-type') ?? '' });
    if (clientToken) headers.set('authorization', clientToken);
    const body = request.method === 'POST' ? await request.arrayBuffer() : null;
    const response = await clerk.handle(new Request(target, { method: request.method, headers, body }));
    clientToken = response.headers.get('authorization') ?? clientToken;
    const text = await response.text();
    if (clientToken && text.includes(clientToken)) leaked.push(url.pathname);
    return new Response(text, { status: response.status, headers: { 'content-type': 'application/json' } });
  };

  const server = await serve((request) => {
    const url = new URL(request.url);
    if (url.pathname.startsWith('/__clerk/')) return proxy(request, url);
    if (extname(url.pathname) === '.js') {
      return new Response(readFileSync(join(built.folder, url.pathname)), {
        headers: { 'content-type': 'text/javascript' },
      });
    }
    return new Response(
      '<!doctype html><meta charset="utf-8"><title>Burrow</title><div id="app"></div><script type="module" src="/page.js"></script>',
      { headers: { 'content-type': 'text/html', 'content-security-policy': CSP } },
    );
  });

  const context = await built.browser.newContext({ viewport: { width: 960, height: 800 } });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) strangers.push(request.url());
  });
  await page.goto(server.url);
  await vi.waitUntil(() => page.evaluate('window.harness !== undefined'), { timeout: 10_000 });
  await page.evaluate(`harness.start(${JSON.stringify(clerk.publishableKey)}, ${JSON.stringify(NONCE)})`);
  return {
    page,
    clientToken: () => clientToken,
    complaints,
    strangers,
    leaked,
    close: async () => {
      await context.close();
      await server.close();
    },
  };
}
