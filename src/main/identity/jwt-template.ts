import { z } from 'zod';
import type { Fetch } from '../connection/fetch.ts';

const template = z.object({
  id: z.string(),
  name: z.string(),
  claims: z.record(z.string(), z.unknown()),
  lifetime: z.number(),
});
// The Backend API answers a bare list; newer versions wrap it.
const templates = z.union([z.array(template), z.object({ data: z.array(template) }).transform((page) => page.data)]);

/** Seconds. Long enough that a stream need not be renewed every minute, short enough to matter little when it leaks. */
const LIFETIME = 600;

/**
 * Gives Fauna's audience to the JWT template through Clerk's Backend API, making the template when it is missing.
 * Claims that somebody else added stay. Rejects when the Backend API refuses.
 */
export const ensureJwtTemplate = async (options: {
  backendApi: string;
  secretKey: string;
  fetch: Fetch;
  name: string;
  audience: string;
}): Promise<'made' | 'updated' | 'unchanged'> => {
  const ask = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<unknown> => {
    const response = await options.fetch(`${options.backendApi}/v1/jwt_templates${path}`, {
      method,
      headers: { authorization: `Bearer ${options.secretKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`Clerk's Backend API answered ${response.status} to ${method} /v1/jwt_templates${path}`);
    return response.json();
  };

  const found = templates.parse(await ask('GET', '')).find((one) => one.name === options.name);
  if (!found) {
    await ask('POST', '', { name: options.name, claims: { aud: options.audience }, lifetime: LIFETIME });
    return 'made';
  }
  if (found.claims.aud === options.audience) return 'unchanged';
  await ask('PATCH', `/${found.id}`, {
    name: found.name,
    claims: { ...found.claims, aud: options.audience },
    lifetime: found.lifetime,
  });
  return 'updated';
};
