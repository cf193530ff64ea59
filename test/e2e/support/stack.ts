import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { listen } from '../../../src/embedded/http/listen.ts';
import { openStack, type Stack } from '../../../src/embedded/stack.ts';
import { setUpFauna } from '../../../src/main/fauna/schema/set-up.ts';
import { ensureJwtTemplate } from '../../../src/main/identity/jwt-template.ts';

export interface RunningStack {
  stack: Stack;
  faunaEndpoint: string;
  frontendApi: string;
  /** A connection file for this stack, with whatever the test wants otherwise. */
  connectionFile(change?: {
    publishableKey?: string;
    frontendApi?: string;
    template?: string;
    endpoint?: string;
  }): string;
  stop(): Promise<void>;
}

/** The embedded stack on loopback, as a team's own servers would be reached: by a connection file. */
export const startStack = async (
  options: { rewriteClerk?: (request: Request, response: Response) => Promise<Response> | Response } = {},
): Promise<RunningStack> => {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-stack-'));
  const stack = await openStack({ data: join(folder, 'data'), rootKey: 'secret-root-key' });
  const rewrite = options.rewriteClerk;
  const fauna = await listen(stack.fauna, { port: 0 });
  const clerk = await listen(rewrite ? async (request) => rewrite(request, await stack.clerk(request)) : stack.clerk, {
    port: 0,
  });
  const faunaEndpoint = `http://127.0.0.1:${fauna.port}`;
  const frontendApi = `http://127.0.0.1:${clerk.port}`;
  const { audience } = await setUpFauna({
    endpoint: faunaEndpoint,
    adminKey: stack.keys.rootKey,
    fetch,
    issuer: stack.issuer,
    jwksUri: stack.jwksUri,
  });
  await ensureJwtTemplate({ backendApi: frontendApi, secretKey: stack.keys.secretKey, fetch, name: 'fauna', audience });

  let running = true;
  const stop = async () => {
    if (!running) return;
    running = false;
    await Promise.all([fauna.close(), clerk.close()]);
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  };
  // After the apps have ended (burrow.ts): none of them is to ask a stack that is being closed.
  onTestFinished(stop);
  return {
    stack,
    faunaEndpoint,
    frontendApi,
    connectionFile: (change = {}) => {
      const path = join(folder, `connection-${Math.random().toString(36).slice(2)}.json`);
      const clerkPart = {
        publishableKey: change.publishableKey ?? stack.publishableKey,
        frontendApi: change.frontendApi ?? frontendApi,
        ...(change.template ? { template: change.template } : {}),
      };
      writeFileSync(path, JSON.stringify({ clerk: clerkPart, fauna: { endpoint: change.endpoint ?? faunaEndpoint } }));
      return path;
    },
    stop,
  };
};
