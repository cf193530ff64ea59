import { z } from 'zod';
import { decode } from '../http/decode.ts';
import { formError, notFound } from '../http/errors.ts';
import {
  createJwtTemplate,
  deleteJwtTemplate,
  getJwtTemplate,
  type JwtTemplate,
  type JwtTemplateFields,
  listJwtTemplates,
  updateJwtTemplate,
} from '../tokens/jwt-templates.ts';
import { readTemplateKey, TEMPLATE_ALGORITHMS } from '../tokens/tokens.ts';
import { type BackendCall, deleted, page, pageBounds } from './call.ts';

const DEFAULT_LIFETIME = 60;
const DEFAULT_CLOCK_SKEW = 5;

const fields = z.object({
  name: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/, 'Use letters, digits, - and _ for the name.'),
  claims: z.record(z.string(), z.unknown()),
  lifetime: z.number().int().min(30, 'Use 30 seconds or more.').max(315_360_000).nullish(),
  allowed_clock_skew: z.number().int().min(0, 'Use 0 or more.').max(300).nullish(),
  custom_signing_key: z.boolean().nullish(),
  signing_algorithm: z.string().nullish(),
  signing_key: z.string().max(16_384).nullish(),
});

/** The signing key itself never leaves. */
const jwtTemplateJson = (template: JwtTemplate) => ({
  object: 'jwt_template',
  id: template.id,
  name: template.name,
  claims: template.claims,
  lifetime: template.lifetime,
  allowed_clock_skew: template.allowedClockSkew,
  custom_signing_key: template.signingKey !== null,
  signing_algorithm: template.signingAlgorithm,
  created_at: template.createdAt,
  updated_at: template.updatedAt,
});

export function listTemplates(call: BackendCall): unknown {
  const templates = listJwtTemplates(call.instance);
  const { limit, offset } = pageBounds(call);
  return page(call, templates.slice(offset, offset + limit).map(jwtTemplateJson), templates.length);
}

export const getTemplate = (call: BackendCall): unknown =>
  jwtTemplateJson(getJwtTemplate(call.instance, call.params.id ?? ''));

export function createTemplate(call: BackendCall): unknown {
  const form = decode(fields, call.body);
  return jwtTemplateJson(
    createJwtTemplate(call.instance, {
      name: form.name,
      claims: form.claims,
      lifetime: form.lifetime ?? DEFAULT_LIFETIME,
      allowedClockSkew: form.allowed_clock_skew ?? DEFAULT_CLOCK_SKEW,
      ...signing(form),
    }),
  );
}

/** `PATCH`: what is left out stays as it is. */
export function updateTemplate(call: BackendCall): unknown {
  const form = decode(fields.partial(), call.body);
  const id = call.params.id ?? '';
  const changes: Partial<JwtTemplateFields> = {};
  if (form.name !== undefined) changes.name = form.name;
  if (form.claims !== undefined) changes.claims = form.claims;
  if (form.lifetime !== undefined) changes.lifetime = form.lifetime ?? DEFAULT_LIFETIME;
  if (form.allowed_clock_skew !== undefined) changes.allowedClockSkew = form.allowed_clock_skew ?? DEFAULT_CLOCK_SKEW;
  if (typeof form.custom_signing_key === 'boolean') Object.assign(changes, signing(form));
  return jwtTemplateJson(updateJwtTemplate(call.instance, id, changes));
}

export function removeTemplate(call: BackendCall): unknown {
  const id = call.params.id ?? '';
  if (!deleteJwtTemplate(call.instance, id)) throw notFound('JWT template');
  return deleted('jwt_template', id);
}

interface SigningFields {
  custom_signing_key?: boolean | null | undefined;
  signing_algorithm?: string | null | undefined;
  signing_key?: string | null | undefined;
}

function signing(form: SigningFields): Pick<JwtTemplateFields, 'signingAlgorithm' | 'signingKey'> {
  if (!form.custom_signing_key) return { signingAlgorithm: 'RS256', signingKey: null };
  const algorithm = form.signing_algorithm ?? '';
  if (!TEMPLATE_ALGORITHMS.includes(algorithm)) {
    throw formError('form_param_value_invalid', 'signing_algorithm', `Use one of ${TEMPLATE_ALGORITHMS.join(', ')}.`);
  }
  if (!form.signing_key) throw formError('form_param_missing', 'signing_key', 'Enter the signing key.');
  try {
    readTemplateKey(algorithm, form.signing_key);
  } catch {
    throw formError('form_param_format_invalid', 'signing_key', `This is not a private key for ${algorithm}.`);
  }
  return { signingAlgorithm: algorithm, signingKey: form.signing_key };
}
