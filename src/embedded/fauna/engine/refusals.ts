/** Answers to queries that did not come to an end for a reason outside of them: a status and the errors as JSON text. */
import { NO_COST } from '../language/meter.ts';
import type { QueryMetrics, QueryResponse } from './protocol.ts';

export type Refusal = readonly [status: number, body: string];

const refusal = (status: number, code: string, description: string): Refusal => [
  status,
  JSON.stringify({ errors: [{ code, description }] }),
];

/** Texts and statuses of FaunaDB's ExceptionResponseHelpers, as in answers.ts. */
export const TIMED_OUT = refusal(503, 'time out', 'Read timed out (Query eval has timed out.)');
export const badRequest = (description: string): Refusal => refusal(400, 'bad request', description);
export const forbidden = (description: string): Refusal => refusal(403, 'forbidden', description);
export const TOO_LARGE = badRequest('Transaction is too large.');
/** The writer ended while it committed: nobody knows whether the query is on disk. */
export const UNKNOWN_OUTCOME = refusal(503, 'time out', 'It is not known whether the transaction was committed.');
export const CLOSED = refusal(503, 'time out', 'The database is closed.');
const DAMAGED = refusal(500, 'internal server error', 'The database file is damaged. Restore it from a backup.');
const FULL = refusal(500, 'internal server error', 'The database cannot be written to: the disk is full.');
export const INTERNAL = refusal(500, 'internal server error', 'The query failed for a reason of the server.');

/** SQLite's primary result codes. */
const SQLITE = { corrupt: 11, full: 13, notADatabase: 26 } as const;

/** What to answer to an error that no query should cause. It is written to stderr, without the query. */
export function unexpected(error: unknown): Refusal {
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  if (code === SQLITE.corrupt || code === SQLITE.notADatabase) return DAMAGED;
  if (code === SQLITE.full) return FULL;
  console.error(error);
  return INTERNAL;
}

export const NO_METRICS: QueryMetrics = { ...NO_COST, milliseconds: 0 };

export const refuse = ([status, body]: Refusal, transactionTime: bigint): QueryResponse => ({
  status,
  body,
  transactionTime,
  metrics: NO_METRICS,
});
