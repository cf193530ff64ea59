import type faunadb from 'faunadb';
import type { Fetch } from '../connection/fetch.ts';
import { createAnswers } from './answers.ts';
import { createFaunaClient } from './client.ts';

export interface SetEvent {
  action: 'add' | 'remove';
  /** Of the document that came or went; its id and the ts it now has, µs. */
  id: string;
  ts: number;
}

export interface StreamHandlers {
  /** The server listens from now on. */
  started(): void;
  event(event: SetEvent): void;
  /** It is over, and `close` was not called. */
  ended(error: unknown): void;
}

/** How queries and streams get to Fauna: the real driver, or the simulation's network. Rejects with the driver's errors. */
export interface FaunaTransport {
  query(secret: string, expression: faunadb.ExprArg): Promise<unknown>;
  /** Watches a set; the function that comes back ends it. */
  stream(secret: string, set: faunadb.Expr, handlers: StreamHandlers): () => void;
}

/** The real driver. One client for all queries, so that a later one never sees an older state than an earlier one. */
export const createDriverTransport = (options: { endpoint: string; fetch: Fetch }): FaunaTransport => {
  const answers = createAnswers();
  const client = createFaunaClient({ ...options, secret: 'each query brings its own', textOf: answers.textOf });
  return {
    query: async (secret, expression) => answers.take(await client.query(expression, { secret })),
    stream: (secret, set, handlers) => {
      const subscription = createFaunaClient({ ...options, secret }).stream(set, { fields: ['action', 'document'] });
      let over = false;
      subscription
        .on('start', () => over || handlers.started())
        .on('set', ({ action, document }) => {
          const event = readSetEvent(action, document);
          if (event && !over) handlers.event(event);
        })
        .on('error', (error) => {
          if (over) return;
          over = true;
          subscription.close();
          handlers.ended(error);
        })
        .start();
      return () => {
        over = true;
        subscription.close();
      };
    },
  };
};

export const readSetEvent = (action: 'add' | 'remove', document: unknown): SetEvent | null => {
  if (typeof document !== 'object' || document === null || !('ref' in document)) return null;
  const { ref } = document;
  const ts = 'ts' in document ? Number(document.ts) : Number.NaN;
  if (typeof ref !== 'object' || ref === null || !('id' in ref) || !Number.isSafeInteger(ts)) return null;
  return { action, id: String(ref.id), ts };
};
