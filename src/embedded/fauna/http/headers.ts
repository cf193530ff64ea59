/** Request headers with a meaning of their own (RequestParams.scala, QueryLogContext.scala). */
export interface RequestHeaders {
  readonly timeoutMs: number;
}

const VERSIONS = new Set(['2.0', '2.1', '2.7', '2.12', '3', '4', '5', 'UNSTABLE']);
const DEFAULT_TIMEOUT_MS = 120_000;
const MAX_TIMEOUT_MS = 600_000n;
const MAX_RETRIES = 7n;
const MAX_LONG = 2n ** 63n;
const MAX_INT = 2n ** 31n;

/** Header by header in FaunaDB's order; a string says what is wrong with the first bad one. */
export function readHeaders(headers: Pick<Headers, 'get'>): RequestHeaders | string {
  const version = headers.get('x-faunadb-api-version');
  if (version !== null && !VERSIONS.has(version)) {
    return invalid('x-faunadb-api-version', `Unsupported or invalid API version '${version}'.`);
  }
  const seen = headers.get('x-last-seen-txn');
  if (seen !== null && readInteger(seen, MAX_LONG) === undefined) {
    return invalid('x-last-seen-txn', `Invalid timestamp '${seen}'.`);
  }
  const timeout = headers.get('x-query-timeout');
  const milliseconds = timeout === null ? undefined : readInteger(timeout, MAX_LONG);
  if (timeout !== null) {
    if (milliseconds === undefined) return invalid('x-query-timeout', `Invalid number '${timeout}'.`);
    if (milliseconds <= 0n) return invalid('x-query-timeout', 'Must be greater than 0.');
    if (milliseconds > MAX_TIMEOUT_MS) {
      return invalid('x-query-timeout', `Must be less than or equal to ${MAX_TIMEOUT_MS}.`);
    }
  }
  const retries = headers.get('x-max-retries-on-contention');
  if (retries !== null) {
    const count = readInteger(retries, MAX_INT);
    if (count === undefined) return invalid('x-max-retries-on-contention', `Invalid number '${retries}'.`);
    if (count < 0n || count > MAX_RETRIES) {
      return invalid('x-max-retries-on-contention', `Must be between 0 and ${MAX_RETRIES}.`);
    }
  }
  return { timeoutMs: milliseconds === undefined ? DEFAULT_TIMEOUT_MS : Number(milliseconds) };
}

export const invalid = (header: string, problem: string): string => `Invalid header '${header}': ${problem}`;

/** A signed integer as Java reads one, below the limit. */
function readInteger(text: string, limit: bigint): bigint | undefined {
  if (!/^[+-]?\d{1,40}$/.test(text)) return undefined;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return value < limit && value >= -limit ? value : undefined;
}
