/** A Fauna on a temporary file behind a real port, and real drivers to it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import faunadb from 'faunadb';
import { openFauna } from '../../../src/embedded/fauna/index.ts';
import type { ResolveJwks } from '../../../src/embedded/fauna/security/jwks.ts';
import { listen } from '../../../src/embedded/http/listen.ts';

export const q = faunadb.query;
export const ROOT_KEY = 'root-secret-for-tests';

export interface QueryFailureSeen {
  readonly status: number;
  readonly errors: { position: (string | number)[]; code: string; description: string; failures?: unknown[] }[];
}

export async function startFauna(resolveJwks?: ResolveJwks) {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-fauna-'));
  const fauna = openFauna({
    file: join(folder, 'fauna.db'),
    rootKey: ROOT_KEY,
    ...(resolveJwks ? { resolveJwks } : {}),
  });
  const server = await listen(fauna.handle, { port: 0 });
  const clients: faunadb.Client[] = [];
  const client = (secret: string): faunadb.Client => {
    const made = new faunadb.Client({ secret, scheme: 'http', domain: '127.0.0.1', port: server.port });
    clients.push(made);
    return made;
  };
  return {
    port: server.port,
    client,
    root: client(ROOT_KEY),
    close: async () => {
      await Promise.all(clients.map((made) => made.close()));
      await server.close();
      await fauna.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The error a query answers, as the wire has it. */
export async function failureOf(promise: Promise<unknown>): Promise<QueryFailureSeen> {
  try {
    await promise;
  } catch (error) {
    const { requestResult } = error as {
      requestResult?: { statusCode: number; responseContent: { errors: QueryFailureSeen['errors'] } };
    };
    if (!requestResult) throw error;
    return { status: requestResult.statusCode, errors: requestResult.responseContent.errors };
  }
  throw new Error('the query was expected to fail');
}
