import { z } from 'zod';

type Handler = (request: Request) => Promise<Response>;
type Json = Record<string, unknown>;

const error = z.object({ code: z.string(), message: z.string(), long_message: z.string(), meta: z.looseObject({}) });

/** What came back, as a test looks at it. */
export interface Reply {
  status: number;
  headers: Headers;
  /** The whole body. */
  body: Json;
  /** What the envelope holds. */
  response: Json;
  client: Json | null;
  errors: z.infer<typeof error>[];
}

/** A native client of the Frontend API: form-encoded POSTs, `_method`, and its token in Authorization. */
export interface NativeClient {
  token: string | null;
  get(path: string): Promise<Reply>;
  post(path: string, form?: Record<string, string>): Promise<Reply>;
  patch(path: string, form?: Record<string, string>): Promise<Reply>;
  delete(path: string): Promise<Reply>;
}

export function nativeClient({ handle }: { handle: Handler }, token: string | null = null): NativeClient {
  const send = async (method: 'GET' | 'POST', path: string, form?: Record<string, string>): Promise<Reply> => {
    const url = new URL(`https://clerk.burrow.internal/v1${path}`);
    url.searchParams.set('_is_native', '1');
    const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' });
    if (client.token) headers.set('authorization', client.token);
    const body = form === undefined ? null : new URLSearchParams(form).toString();
    const response = await handle(new Request(url, { method, headers, body }));
    client.token = response.headers.get('authorization') ?? client.token;
    return readReply(response);
  };
  const client: NativeClient = {
    token,
    get: (path) => send('GET', path),
    post: (path, form = {}) => send('POST', path, form),
    patch: (path, form = {}) => send('POST', `${path}?_method=PATCH`, form),
    delete: (path) => send('POST', `${path}?_method=DELETE`),
  };
  return client;
}

export async function readReply(response: Response): Promise<Reply> {
  const body = (response.status === 204 || response.status === 304 ? {} : await response.json()) as Json;
  return {
    status: response.status,
    headers: response.headers,
    body,
    response: (body.response ?? {}) as Json,
    client: (body.client ?? null) as Json | null,
    errors: z.array(error).parse(body.errors ?? []),
  };
}

export const PASSWORD = 'correct horse battery';

/** Signs a new account up; the client is signed in afterwards. */
export async function signUp(client: NativeClient, emailAddress = 'ada@example.com', password = PASSWORD) {
  const { response, status } = await client.post('/client/sign_ups', { email_address: emailAddress, password });
  if (status !== 200) throw new Error(`sign-up answered ${status}`);
  return { userId: String(response.created_user_id), sessionId: String(response.created_session_id) };
}
