import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { CLERK_PROXY_PATH } from '../../shared/app-origin.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Nothing remote, no inline script. Clerk's UI and CodeMirror make style elements, which carry the nonce. */
const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

const page = async (root: string): Promise<Response> => {
  const nonce = randomBytes(16).toString('base64');
  const html = (await readFile(join(root, 'index.html'), 'utf8')).replaceAll('%CSP_NONCE%', nonce);
  return new Response(html, {
    headers: {
      ...commonHeaders,
      'content-type': types['.html'] as string,
      'content-security-policy': contentSecurityPolicy(nonce),
      'cache-control': 'no-store',
    },
  });
};

const file = async (root: string, path: string): Promise<Response> => {
  const type = types[extname(path)];
  const target = normalize(join(root, path));
  if (!type || !target.startsWith(root + sep)) return new Response(null, { status: 404 });
  try {
    const bytes = await readFile(target);
    return new Response(bytes, { headers: { ...commonHeaders, 'content-type': type, 'cache-control': 'no-cache' } });
  } catch {
    return new Response(null, { status: 404 });
  }
};

/** Answers `burrow://app/…`: the built renderer below `root`, and Clerk's Frontend API below `/__clerk`. */
export const createAppHandler =
  (options: { root: string; clerk: (request: Request) => Promise<Response> }) =>
  async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    if (url.host !== 'app') return new Response(null, { status: 404 });
    if (url.pathname.startsWith(`${CLERK_PROXY_PATH}/`)) return options.clerk(request);
    if (request.method !== 'GET') return new Response(null, { status: 405 });
    let path: string;
    try {
      path = decodeURIComponent(url.pathname);
    } catch {
      return new Response(null, { status: 400 });
    }
    // Screens are addresses without an extension; the page finds its way from there.
    return extname(path) === '' || path === '/index.html' ? page(options.root) : file(options.root, path);
  };
