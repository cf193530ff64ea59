/** The traceparent header: the request's trace goes on in a span of our own, which is never sampled. */
const TRACE_PARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/i;

export function traceParent(given: string | null): string {
  const trace = TRACE_PARENT.exec(given ?? '')?.[1]?.toLowerCase() ?? randomHex(16);
  return `00-${trace}-${randomHex(8)}-00`;
}

const randomHex = (bytes: number): string => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');
