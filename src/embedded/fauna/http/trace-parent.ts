/** The traceparent header: the request's trace goes on in a span of our own, which is never sampled. */
const TRACE_PARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/i;

export function traceParent(given: string | null): string {
  const trace = TRACE_PARENT.exec(given ?? '')?.[1]?.toLowerCase() ?? randomHex(16);
  return `00-${trace}-${randomHex(8)}-00`;
}

/** Taken from the system many at a time. */
const pool = Buffer.alloc(4096);
let used = pool.length;

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}
