import { apiError } from './errors.ts';

/** The largest picture that Clerk's UI lets through, so that the profile says what is wrong with it; all else is small. */
const LARGEST_BODY = 11 * 1024 * 1024;

export type Body = Record<string, unknown>;

/**
 * Reads a body into plain fields: form-encoded and multipart as clerk-js sends them, JSON as @clerk/backend does.
 * A field that repeats (or is spelled `name[]`) becomes an array. Nothing in a body can make this throw anything
 * but an `ApiError`.
 */
export async function readBody(request: Request): Promise<Body> {
  if (request.body === null || request.method === 'GET' || request.method === 'HEAD') return {};
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0) return {};
  if (type === 'multipart/form-data') return readMultipart(request, bytes);
  if (type === 'application/json') return readJson(decodeText(bytes));
  if (type === 'application/octet-stream') return { file: decodeText(bytes) };
  return readForm(decodeText(bytes));
}

async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > LARGEST_BODY) throw tooLarge();
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}

const tooLarge = () => apiError(413, 'request_body_too_large', 'This is too large. The limit is 11 MB.');
const invalid = () => apiError(400, 'request_body_invalid', 'The body of the request cannot be read.');

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid();
  }
}

function readJson(text: string): Body {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid();
  return value as Body;
}

const readForm = (text: string): Body => collect(new URLSearchParams(text));

async function readMultipart(request: Request, bytes: Uint8Array<ArrayBuffer>): Promise<Body> {
  const type = request.headers.get('content-type') ?? '';
  try {
    return collect(await new Response(bytes, { headers: { 'content-type': type } }).formData());
  } catch {
    throw invalid();
  }
}

function collect(entries: Iterable<[string, unknown]>): Body {
  const body: Body = Object.create(null);
  for (const [key, value] of entries) {
    const name = key.endsWith('[]') ? key.slice(0, -2) : key;
    const before = body[name];
    if (before === undefined) body[name] = key === name ? value : [value];
    else body[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return body;
}
