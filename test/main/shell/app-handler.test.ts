import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createAppHandler } from '../../../src/main/shell/app-handler.ts';

let handler: (request: Request) => Promise<Response>;
let outside: string;

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-renderer-'));
  const root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<meta nonce="%CSP_NONCE%"><script src="/assets/a.js"></script>');
  writeFileSync(join(root, 'assets', 'a.js'), 'export {}');
  outside = join(folder, 'secret.json');
  writeFileSync(outside, '"secret"');
  handler = createAppHandler({
    root,
    clerk: async (request) => new Response(`clerk ${new URL(request.url).pathname}`),
  });
});

const get = (path: string, init?: RequestInit) => handler(new Request(`burrow://app${path}`, init));

test('the page has a strict policy and a nonce of its own each time', async () => {
  const [first, second] = [await get('/'), await get('/connection')];
  const policy = first.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  const nonce = /nonce-([^']+)'/.exec(policy)?.[1];
  expect(await first.text()).toContain(`nonce="${nonce}"`);
  expect(second.headers.get('content-security-policy')).not.toBe(policy);
});

test('a file of the renderer is served with its type', async () => {
  const response = await get('/assets/a.js');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/javascript');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  '/..%2fsecret.json',
  '/assets/..%2f..%2fsecret.json',
  '/%2e%2e/secret.json',
  '/assets/%00.js',
  '/missing.js',
  '/a.exe',
])('does not serve %s', async (path) => {
  expect((await get(path)).status).toBe(404);
});

test.each([
  ['a path that is no text', '/%ff.js', 'GET', 400],
  ['another method', '/', 'POST', 405],
])('refuses %s', async (_what, path, method, status) => {
  expect((await get(path, { method })).status).toBe(status);
});

test('Clerk is asked below /__clerk only, and other hosts get nothing', async () => {
  expect(await (await get('/__clerk/v1/client')).text()).toBe('clerk /__clerk/v1/client');
  expect((await handler(new Request('burrow://other/'))).status).toBe(404);
});
