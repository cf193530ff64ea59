import { z } from 'zod';
import { type Failure, FailureError, failure } from '../../shared/failure.ts';
import type { Fetch } from '../connection/fetch.ts';

/** Clerk's own address of the Backend API; the embedded Clerk answers it at its Frontend API's. */
export const CLERK_BACKEND_API = 'https://api.clerk.com';

const errorBody = z.object({
  errors: z.array(z.object({ code: z.string(), message: z.string(), long_message: z.string().nullish() })).min(1),
});

/** What the Backend API refused, in words. `status` 0: it could not be reached. */
export class BackendApiError extends FailureError {
  readonly status: number;
  /** Clerk's own code, such as `resource_not_found`. */
  readonly code: string;

  constructor(status: number, code: string, why: Failure) {
    super(why);
    this.name = 'BackendApiError';
    this.status = status;
    this.code = code;
  }
}

const explain = (status: number, code: string, message: string): Failure => {
  if (status === 401)
    return failure(
      'clerk-secret-key-refused',
      'Clerk does not accept the secret key.',
      'Copy it again from the Clerk dashboard, under API keys; it must be of the same instance as the publishable key.',
    );
  if (status === 429)
    return failure('clerk-busy', 'Clerk asks to slow down.', 'Wait a minute and run the command again.');
  return failure('clerk-refused', `Clerk's Backend API refused (${status} ${code}): ${message}`);
};

export type BackendApi = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
) => Promise<unknown>;

/**
 * Asks Clerk's Backend API, with the secret key, and answers the JSON. Throws BackendApiError. Not @clerk/backend, which
 * takes no `fetch` of ours: the embedded Clerk is reached over a message port. The tests hold both to the same answers.
 */
export const createBackendApi =
  (options: { backendApi: string; secretKey: string; fetch: Fetch }): BackendApi =>
  async (method, path, body) => {
    let response: Response;
    try {
      response = await options.fetch(`${options.backendApi}/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${options.secretKey}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw new BackendApiError(
        0,
        'unreachable',
        failure(
          'clerk-backend-unreachable',
          `Clerk's Backend API at ${options.backendApi} cannot be reached.`,
          'Check the network and the address.',
        ),
      );
    }
    const json: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
    if (response.ok) return json;
    const [first] = errorBody.safeParse(json).data?.errors ?? [];
    const code = first?.code ?? 'unknown';
    throw new BackendApiError(
      response.status,
      code,
      explain(response.status, code, first?.long_message ?? first?.message ?? 'no reason given'),
    );
  };

/** A list as the Backend API gives it: bare, or wrapped by newer versions. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), z.object({ data: z.array(item) }).transform((page) => page.data)]);
