/** A Fauna without a port: requests in, responses out, with a clock and a JWKS host under the test's hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type faunadb from 'faunadb';
import { openFauna } from '../../../../src/embedded/fauna/index.ts';
import { type QueryFailureSeen, ROOT_KEY } from '../fixture.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly resource?: unknown; readonly errors?: QueryFailureSeen['errors'] };
}

export interface JwksHost {
  /** What each address answers. */
  readonly documents: Map<string, () => Response | Promise<Response>>;
  readonly requests: { url: string; headers: Record<string, string> }[];
}

export const jwks = (...keys: object[]) => Response.json({ keys });

export function serveFauna() {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-fauna-'));
  const host: JwksHost = { documents: new Map(), requests: [] };
  let shift = 0n;
  let frozen: bigint | undefined;
  const real = (): bigint => BigInt(Date.now()) * 1000n;
  const fauna = openFauna({
    file: join(folder, 'fauna.db'),
    rootKey: ROOT_KEY,
    clock: { now: () => frozen ?? real() + shift },
    resolveJwks: async (url, headers) => {
      host.requests.push({ url, headers });
      const answer = host.documents.get(url);
      if (!answer) throw new Error('connect ECONNREFUSED');
      return answer();
    },
  });
  const send = async (query: unknown, authorization: string | undefined): Promise<Answer> => {
    const response = await fauna.handle(
      new Request('http://fauna.internal/', {
        method: 'POST',
        headers: { 'x-faunadb-api-version': '4', ...(authorization === undefined ? {} : { authorization }) },
        body: JSON.stringify(query),
      }),
    );
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
  };
  const query = (expression: faunadb.ExprArg, secret: string): Promise<Answer> => send(expression, `Bearer ${secret}`);
  return {
    host,
    handle: fauna.handle,
    send,
    query,
    /** For set-up: throws what went wrong. */
    must: async <T>(expression: faunadb.ExprArg, secret: string): Promise<T> => {
      const { status, body } = await query(expression, secret);
      if (status > 201) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body.resource as T;
    },
    advance: (milliseconds: number) => {
      shift += BigInt(milliseconds) * 1000n;
    },
    freeze: (milliseconds: number | undefined) => {
      frozen = milliseconds === undefined ? undefined : BigInt(milliseconds) * 1000n;
    },
    close: async () => {
      await fauna.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type Served = ReturnType<typeof serveFauna>;
export const root = ROOT_KEY;
