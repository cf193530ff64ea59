/** One error as Clerk's APIs tell it; clerk-js shows `long_message` under the field that `param_name` names. */
export interface ApiErrorDetail {
  code: string;
  message: string;
  long_message: string;
  meta: Record<string, unknown>;
}

/** A refusal on its way to becoming a response; thrown anywhere, answered once by the dispatcher. */
export class ApiError extends Error {
  readonly status: number;
  readonly details: ApiErrorDetail[];
  readonly headers: Record<string, string>;

  constructor(status: number, details: ApiErrorDetail[], headers: Record<string, string> = {}) {
    super(details.map((detail) => detail.code).join(', '));
    this.name = 'ApiError';
    this.status = status;
    this.details = details;
    this.headers = headers;
  }
}

export const detail = (code: string, message: string, meta: Record<string, unknown> = {}): ApiErrorDetail => ({
  code,
  message,
  long_message: message,
  meta,
});

export const apiError = (
  status: number,
  code: string,
  message: string,
  meta: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): ApiError => new ApiError(status, [detail(code, message, meta)], headers);

/** A field of a form that cannot be accepted. */
export const formError = (code: string, param: string, message: string): ApiError =>
  apiError(422, code, message, { param_name: param });

export const notFound = (what: string): ApiError =>
  apiError(404, 'resource_not_found', `There is no such ${what}.`, { resource: what });

export const unauthenticated = (): ApiError =>
  apiError(401, 'authentication_invalid', 'This request is not signed in. Sign in and try again.');

/** `seconds` until it is worth trying again; also sent as Retry-After. */
export const tooManyRequests = (seconds: number): ApiError =>
  apiError(
    429,
    'too_many_requests',
    `Too many attempts. Wait ${seconds === 1 ? 'a second' : `${seconds} seconds`} and try again.`,
    {},
    { 'retry-after': String(seconds) },
  );
