import { type Reply, readReply } from './native-client.ts';
import { SECRET_KEY } from './test-clerk.ts';

/** Asks the Backend API with JSON, as @clerk/backend does. */
export async function backend(
  clerk: { handle(request: Request): Promise<Response> },
  method: string,
  path: string,
  body?: unknown,
  secretKey: string | null = SECRET_KEY,
): Promise<Reply> {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (secretKey !== null) headers.set('authorization', `Bearer ${secretKey}`);
  const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) };
  return readReply(await clerk.handle(new Request(`https://clerk.burrow.internal/v1${path}`, init)));
}
