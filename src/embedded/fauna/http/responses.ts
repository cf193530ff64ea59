/** Responses and the errors of the protocol itself. */
export const errorBody = (code: string, description: string): string =>
  JSON.stringify({ errors: [{ code, description }] });

export function respond(
  request: Request,
  status: number,
  body: string | null,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const origin = request.headers.get('origin');
  const traceparent = request.headers.get('traceparent');
  return new Response(body, {
    status,
    headers: {
      ...(body === null ? {} : { 'content-type': 'application/json;charset=utf-8' }),
      ...(origin ? cors(request, origin) : {}),
      ...(traceparent ? { traceparent } : {}),
      ...headers,
    },
  });
}

const cors = (request: Request, origin: string): Record<string, string> => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '*',
  'access-control-expose-headers': 'x-txn-time, x-query-time, x-compute-ops, x-byte-read-ops, x-byte-write-ops',
  'access-control-max-age': '86400',
});
