import { mkdtempSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { openClerk } from '../../../src/embedded/clerk/index.ts';

const secretKey = 'sk_test_harnessharnessharness';
const origin = 'https://clerk.notes.local';

/** What main's proxy does, over the embedded Clerk in memory of this process. */
function clerkProxy(): Plugin {
  return {
    name: 'clerk-proxy',
    async configureServer(server) {
      const folder = mkdtempSync(join(tmpdir(), 'burrow-harness-'));
      const clerk = await openClerk({
        file: join(folder, 'clerk.sqlite'),
        signingKeyFile: join(folder, 'key.pem'),
        issuer: origin,
        secretKey,
      });
      let clientToken: string | null = null;
      const backend = async (path: string, body: unknown) => {
        const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' };
        const request = new Request(`${origin}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
        return (await (await clerk.handle(request)).json()) as { id: string; token: string };
      };
      server.middlewares.use('/__harness/ticket', async (_request, response) => {
        const user = await backend('/users', { first_name: 'This computer', skip_password_requirement: true });
        response.end((await backend('/sign_in_tokens', { user_id: user.id, expires_in_seconds: 60 })).token);
      });
      server.middlewares.use('/__clerk', async (request: IncomingMessage, response: ServerResponse) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const url = new URL(request.url ?? '/', origin);
        url.searchParams.set('_is_native', '1');
        const headers = new Headers({ 'content-type': request.headers['content-type'] ?? 'application/json' });
        if (clientToken) headers.set('authorization', clientToken);
        const body = request.method === 'POST' ? Buffer.concat(chunks) : null;
        const answer = await clerk.handle(new Request(url, { method: request.method ?? 'GET', headers, body }));
        clientToken = answer.headers.get('authorization') ?? clientToken;
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(await answer.text());
      });
    },
  };
}

/** `node_modules/.bin/vite -c test/renderer/harness/vite.config.ts`, then open the address it prints. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), clerkProxy()],
  server: { port: 4321, fs: { allow: [fileURLToPath(new URL('../../..', import.meta.url))] } },
  cacheDir: join(tmpdir(), 'burrow-harness-vite'),
});
