/** What every answer must be like, whatever was asked. */

import { registry } from '../../../../src/embedded/fauna/functions/index.ts';
import { type Case, type Seen, send, TIMEOUT_MS } from './send.ts';
import type { World } from './world.ts';

/** How much longer than its timeout a query may take on a busy machine, ms. */
const PATIENCE = 8000;
const STATUSES = new Set([200, 201, 400, 401, 403, 404, 405, 409, 413, 503]);
/** What answers something else every time. */
const CHANGING = /now|new_id|next_id|\\u|\/stream|\/ping/i;

export type Send = (request: Case) => Promise<Seen>;

/** What is wrong with the answer, or undefined. */
export async function problemOf(
  world: World,
  unfilled: Case,
  ask: Send = (it) => send(world.fauna, it, world.stir),
): Promise<string | undefined> {
  const request = world.fill(unfilled);
  let seen: Seen;
  try {
    const first = await timed(() => ask(request));
    seen = first.value;
    const most = timeoutOf(request) + PATIENCE;
    // A machine that stood still is no fault of the query's.
    const again = first.took > most ? await timed(() => ask(request)) : undefined;
    if (again && again.took > most) return `took ${Math.round(first.took)} ms, and then ${Math.round(again.took)} ms`;
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  const problem = unfitOf(request, seen);
  if (problem !== undefined || !isRepeatable(request, seen)) return problem;
  return differs(seen, await ask(world.threads ? onAReader(request) : request));
}

async function timed<T>(run: () => Promise<T>): Promise<{ readonly value: T; readonly took: number }> {
  const started = performance.now();
  const value = await run();
  return { value, took: performance.now() - started };
}

/** So long a query is never answered on the serving thread (engine/direct). */
const TOO_LONG = 1000;

/** The same query, but for space at its end; with space, no body would be one. */
const onAReader = (request: Case): Case =>
  request.method === 'GET' || !request.body ? request : { ...request, body: request.body + ' '.repeat(TOO_LONG) };

function timeoutOf({ headers }: Case): number {
  const given = Number(headers?.['x-query-timeout'] ?? TIMEOUT_MS);
  return given > 0 && given <= 600_000 ? given : TIMEOUT_MS;
}

function unfitOf({ method, path }: Case, { status, headers, text }: Seen): string | undefined {
  const answer = `${status} ${text.slice(0, 500)}`;
  if (!STATUSES.has(status)) return `answered ${answer}`;
  if (method === 'OPTIONS' || method === 'HEAD' || path?.startsWith('/ping')) return undefined;
  const isStream = status === 200 && path?.startsWith('/stream');
  if (isStream) return unfitEvents(text);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return `answered what is no JSON: ${answer}`;
  }
  if (typeof body !== 'object' || body === null) return `answered no object: ${answer}`;
  // A request whose headers cannot be read comes to no transaction.
  const isUnread = status === 400 && text.includes('Invalid header');
  if (!isUnread && !/^\d+$/.test(headers['x-txn-time'] ?? '')) return `has no x-txn-time: ${answer}`;
  if (status < 300) return Object.keys(body).join() === 'resource' ? undefined : `has no resource: ${answer}`;
  const { errors } = body as { errors?: unknown };
  if (!Array.isArray(errors) || errors.length === 0) return `has no errors: ${answer}`;
  return errors.every(isError) ? undefined : `has errors of another shape: ${answer}`;
}

const EVENTS = new Set(['start', 'version', 'set', 'history_rewrite', 'error']);

/** Each on a line of its own; all but errors say of which transaction they are. */
function unfitEvents(text: string): string | undefined {
  const lines = text.split('\r\n').filter((line) => line !== '');
  const isEvent = (line: string): boolean => {
    const event = JSON.parse(line) as Record<string, unknown>;
    return (
      EVENTS.has(String(event.type)) && 'event' in event && (event.type === 'error' || typeof event.txn === 'number')
    );
  };
  try {
    return lines.length > 0 && lines.every(isEvent) ? undefined : `streamed what is no event: ${text.slice(0, 500)}`;
  } catch {
    return `streamed what is no JSON: ${text.slice(0, 500)}`;
  }
}

function isError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, description, position = [], cause = [], failures = [] } = error as Record<string, unknown>;
  return (
    typeof code === 'string' &&
    code !== '' &&
    typeof description === 'string' &&
    Array.isArray(position) &&
    position.every((step) => typeof step === 'string' || typeof step === 'number') &&
    Array.isArray(cause) &&
    cause.every(isError) &&
    Array.isArray(failures)
  );
}

function isRepeatable(request: Case, { status }: Seen): boolean {
  const { method = 'POST', path = '/', body = '' } = request;
  if (status === 503 || request.bytes !== undefined) return false;
  const query = method === 'GET' ? path : body;
  if (CHANGING.test(query) || CHANGING.test(path)) return false;
  return method === 'GET' || (path === '/' && !registry.mayWrite(body));
}

/** What is kept of a history ends a while before the query, whenever that is. */
const settled = (text: string): string => text.replace(/(minimum allowed timestamp) [^"]*/g, '$1');

const differs = (first: Seen, second: Seen): string | undefined =>
  second.status === 503 || (first.status === second.status && settled(first.text) === settled(second.text))
    ? undefined
    : `answered ${first.status} ${first.text.slice(0, 400)} and then ${second.status} ${second.text.slice(0, 400)}`;
