/** Responses: the headers all of them have, and the errors of the protocol itself (APIResponse.scala). */
import type { PlainRequest, PlainResponse } from '../../http/plain.ts';
import type { QueryMetrics } from '../engine/protocol.ts';
import { NO_COST } from '../language/meter.ts';
import { traceParent } from './trace-parent.ts';

const JSON_TYPE = 'application/json;charset=utf-8';
const BUILD = 'burrow';
/** Told to who traces a request (Application.scala). */
const HOST = 'localhost';
const ALLOWED_METHODS = 'GET, POST, PUT, PATCH, DELETE';
const ALLOWED_HEADERS = [
  'accept-encoding',
  'authorization',
  'content-type',
  'x-driver-env',
  'x-faunadb-api-version',
  'x-fauna-driver',
  'x-fauna-source',
  'x-fauna-tags',
  'x-format',
  'x-last-seen-txn',
  'x-last-txn-ts',
  'x-linearized',
  'x-max-contention-retries',
  'x-max-retries-on-contention',
  'x-query-tags',
  'x-query-timeout',
  'x-query-timeout-ms',
  'x-runtime-environment',
  'x-runtime-environment-os',
  'x-nodejs-version',
  'traceparent',
  'x-typecheck',
  'x-performance-hints',
].join(', ');

export const errorBody = (code: string, description: string): string =>
  JSON.stringify({ errors: [{ code, description }] });

/** What is said of a request that came as far as being run. */
export interface Report {
  /** µs */
  readonly time: bigint;
  readonly metrics: QueryMetrics;
  readonly bytesIn: number;
  readonly tags?: string | undefined;
}

export const NO_METRICS: QueryMetrics = { ...NO_COST, milliseconds: 0 };

export interface Answer {
  readonly status: number;
  readonly body: string | ReadableStream<Uint8Array> | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly report?: Report;
}

export function respond(request: PlainRequest, { status, body, headers = {}, report }: Answer): PlainResponse {
  const bytesOut = typeof body === 'string' ? Buffer.byteLength(body) : 0;
  const own: Record<string, string> = { ...headers, ...(report ? reported(report, status, bytesOut) : {}) };
  const isHead = request.method === 'HEAD';
  return {
    status,
    body: isHead ? null : body,
    headers: {
      ...(body === null ? {} : { 'content-type': JSON_TYPE }),
      ...(typeof body === 'string' || body === null ? { 'content-length': String(bytesOut) } : {}),
      ...own,
      ...cors(request, own),
      traceparent: traceParent(request.headers.get('traceparent')),
      'x-faunadb-build': BUILD,
      ...(request.headers.get('x-trace') === null ? {} : { 'x-faunadb-host': HOST }),
    },
  };
}

/** A request that was refused, or broke something, is told nothing of what it cost. */
function reported({ time, metrics, bytesIn, tags }: Report, status: number, bytesOut: number): Record<string, string> {
  const named = { 'x-txn-time': time.toString(), ...(tags === undefined ? {} : { 'x-fauna-tags': tags }) };
  if (status === 401 || status === 500) return named;
  return {
    ...named,
    'x-compute-ops': String(metrics.computeOps),
    'x-byte-read-ops': String(metrics.readOps),
    'x-byte-write-ops': String(metrics.writeOps),
    'x-query-time': String(metrics.milliseconds),
    'x-query-bytes-in': String(bytesIn),
    'x-query-bytes-out': String(bytesOut),
    'x-storage-bytes-read': String(metrics.bytesRead),
    'x-storage-bytes-write': String(metrics.bytesWritten),
    'x-txn-retries': '0',
  };
}

function cors(request: PlainRequest, own: Readonly<Record<string, string>>): Record<string, string> {
  const origin = request.headers.get('origin');
  if (origin === null) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': Object.keys(own)
      .filter((name) => name.startsWith('x-'))
      .join(', '),
    ...(request.method === 'OPTIONS'
      ? {
          'access-control-max-age': '86400',
          'access-control-allow-headers': ALLOWED_HEADERS,
          'access-control-allow-methods': ALLOWED_METHODS,
        }
      : {}),
  };
}
