/** Responses: the headers all of them have, and the errors of the protocol itself (APIResponse.scala). */
import type { PlainRequest, PlainResponse } from '../../http/plain.ts';
import type { QueryMetrics } from '../engine/protocol.ts';
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

export interface Answer {
  readonly status: number;
  readonly body: PlainResponse['body'];
  readonly headers?: Readonly<Record<string, string>>;
  readonly report?: Report;
  readonly sent?: (() => void) | undefined;
}

type ResponseHeaders = Record<string, string>;

/** One object, filled in place: every answer comes by here. */
export function respond(request: PlainRequest, { status, body, headers: given, report, sent }: Answer): PlainResponse {
  const isStream = body instanceof ReadableStream;
  const bytesOut = isStream || body === null ? 0 : Buffer.byteLength(body);
  const headers: ResponseHeaders = {};
  if (body !== null) headers['content-type'] = JSON_TYPE;
  if (!isStream) headers['content-length'] = String(bytesOut);
  const origin = request.headers.get('origin');
  const own: ResponseHeaders = origin === null ? headers : {};
  if (given) Object.assign(own, given);
  if (report) addReport(own, report, status, bytesOut);
  if (origin !== null) Object.assign(headers, own, cors(request, origin, own));
  headers.traceparent = traceParent(request.headers.get('traceparent'));
  headers['x-faunadb-build'] = BUILD;
  if (request.headers.get('x-trace') !== null) headers['x-faunadb-host'] = HOST;
  return { status, body: request.method === 'HEAD' ? null : body, headers, sent };
}

/** A request that was refused, or broke something, is told nothing of what it cost. */
function addReport(
  headers: ResponseHeaders,
  { time, metrics, bytesIn, tags }: Report,
  status: number,
  bytesOut: number,
): void {
  headers['x-txn-time'] = time.toString();
  if (tags !== undefined) headers['x-fauna-tags'] = tags;
  if (status === 401 || status === 500) return;
  headers['x-compute-ops'] = String(metrics.computeOps);
  headers['x-byte-read-ops'] = String(metrics.readOps);
  headers['x-byte-write-ops'] = String(metrics.writeOps);
  headers['x-query-time'] = String(metrics.milliseconds);
  headers['x-query-bytes-in'] = String(bytesIn);
  headers['x-query-bytes-out'] = String(bytesOut);
  headers['x-storage-bytes-read'] = String(metrics.bytesRead);
  headers['x-storage-bytes-write'] = String(metrics.bytesWritten);
  headers['x-txn-retries'] = '0';
}

function cors(request: PlainRequest, origin: string, own: Readonly<ResponseHeaders>): ResponseHeaders {
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
