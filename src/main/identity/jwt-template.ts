import { z } from 'zod';
import { failure } from '../../shared/failure.ts';
import type { Fetch } from '../connection/fetch.ts';
import { type Difference, type Finding, outcomeOf, type Step } from '../fauna/schema/step.ts';
import { type BackendApi, createBackendApi, listOf } from './backend-api.ts';

const template = z.object({
  id: z.string(),
  name: z.string(),
  claims: z.record(z.string(), z.unknown()),
  lifetime: z.number(),
  custom_signing_key: z.boolean().default(false),
  signing_algorithm: z.string().default('RS256'),
});
export type JwtTemplate = z.infer<typeof template>;
const templates = listOf(template);

/** Seconds. Long enough that a stream need not be renewed every minute, short enough to matter little when it leaks. */
const LIFETIME = 600;
const SHORTEST = 60;

export const findJwtTemplate = async (api: BackendApi, name: string): Promise<JwtTemplate | null> =>
  templates.parse(await api('GET', '/jwt_templates?limit=500')).find((one) => one.name === name) ?? null;

export const deleteJwtTemplate = (api: BackendApi, id: string) => api('DELETE', `/jwt_templates/${id}`);

export interface TemplateOptions {
  api: BackendApi;
  name: string;
  /** Fauna's; asked for when the step looks, since an earlier step may make it. Null: not known yet. */
  audience: () => Promise<string | null>;
  /** Only set when the person says so; a lifetime that is there is left alone. */
  lifetime?: number | undefined;
  /** More claims, such as `{ email: '{{user.primary_email_address}}' }`; those of others stay. */
  claims?: Record<string, unknown>;
  /** The person publishes the keys of a custom signing key at this address. */
  ownJwks?: boolean;
}

/** A template with a key of its own is signed by a key that is in no JWKS of Clerk's. */
const signingProblem = (found: JwtTemplate, ownJwks: boolean): Finding | null => {
  if (!found.custom_signing_key) return null;
  const own = `The JWT template ${found.name} signs with a key of its own (${found.signing_algorithm})`;
  const mend = `Turn off "Custom signing key" for the template in the Clerk dashboard, or choose another name with --template.`;
  if (!/^RS(256|384|512)$/.test(found.signing_algorithm))
    return {
      state: 'blocked',
      failure: failure('template-own-key', `${own}, and Fauna takes RS256, RS384 and RS512 only.`, mend),
    };
  if (ownJwks) return null;
  return {
    state: 'blocked',
    failure: failure(
      'template-own-key',
      `${own}, which is in no JWKS of Clerk's: Fauna cannot verify its tokens.`,
      `${mend} If you publish that key yourself, name the address with --jwks.`,
    ),
  };
};

/** The JWT template whose tokens Fauna accepts. Claims that somebody else added stay. */
export const jwtTemplateStep = (options: TemplateOptions): Step => {
  const { api, name } = options;
  const wantedClaims = async () => ({ ...options.claims, aud: await options.audience() });

  return {
    id: 'jwt-template',
    what: `JWT template ${name}`,
    look: async () => {
      const found = await findJwtTemplate(api, name);
      if (!found) return { state: 'missing' };
      const problem = signingProblem(found, options.ownJwks ?? false);
      if (problem) return problem;
      const differences: Difference[] = Object.entries(await wantedClaims())
        .filter(([claim, wanted]) => found.claims[claim] !== wanted)
        .map(([claim, wanted]) => ({ field: `claims.${claim}`, is: found.claims[claim] ?? null, wanted }));
      const lifetime = options.lifetime ?? Math.max(found.lifetime, SHORTEST);
      if (lifetime !== found.lifetime) differences.push({ field: 'lifetime', is: found.lifetime, wanted: lifetime });
      return differences.length === 0 ? { state: 'in-place' } : { state: 'differs', differences };
    },
    apply: async () => {
      const found = await findJwtTemplate(api, name);
      const claims = { ...found?.claims, ...(await wantedClaims()) };
      const lifetime = options.lifetime ?? (found ? Math.max(found.lifetime, SHORTEST) : LIFETIME);
      if (found) await api('PATCH', `/jwt_templates/${found.id}`, { name, claims, lifetime });
      else await api('POST', '/jwt_templates', { name, claims, lifetime });
    },
  };
};

/**
 * Gives Fauna's audience to the JWT template, making the template when it is missing, without asking: for the embedded
 * stack. Rejects when the Backend API refuses.
 */
export const ensureJwtTemplate = async (options: {
  backendApi: string;
  secretKey: string;
  fetch: Fetch;
  name: string;
  audience: string;
}): Promise<'made' | 'updated' | 'unchanged'> => {
  const step = jwtTemplateStep({
    api: createBackendApi(options),
    name: options.name,
    audience: async () => options.audience,
  });
  const finding = await step.look();
  if (finding.state !== 'in-place') await step.apply(finding);
  return outcomeOf(finding);
};
