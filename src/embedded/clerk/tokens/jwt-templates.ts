import { apiError, formError, notFound } from '../http/errors.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../instance.ts';
import { all, isUniqueViolation, one, run } from '../store/query.ts';

export interface JwtTemplate {
  id: string;
  name: string;
  claims: Record<string, unknown>;
  /** Seconds. */
  lifetime: number;
  /** Seconds that `nbf` lies before `iat`. */
  allowedClockSkew: number;
  signingAlgorithm: string;
  /** A key of the template's own, PEM or secret; null where the instance's key signs. */
  signingKey: string | null;
  createdAt: number;
  updatedAt: number;
}

export type JwtTemplateFields = Omit<JwtTemplate, 'id' | 'createdAt' | 'updatedAt'>;

/** Set by the Frontend API itself; a template cannot have them (https://clerk.com/docs/guides/sessions/jwt-templates). */
export const RESERVED_CLAIMS = ['azp', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sub'] as const;

interface Row {
  id: string;
  name: string;
  claims: string;
  lifetime: number;
  allowed_clock_skew: number;
  signing_algorithm: string;
  signing_key: string | null;
  created_at: number;
  updated_at: number;
}

const fromRow = (row: Row): JwtTemplate => ({
  id: row.id,
  name: row.name,
  claims: JSON.parse(row.claims) as Record<string, unknown>,
  lifetime: row.lifetime,
  allowedClockSkew: row.allowed_clock_skew,
  signingAlgorithm: row.signing_algorithm,
  signingKey: row.signing_key,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Newest first. */
export const listJwtTemplates = ({ database }: Instance): JwtTemplate[] =>
  all<Row>(database, 'SELECT * FROM jwt_templates ORDER BY created_at DESC, id').map(fromRow);

export function findJwtTemplateByName({ database }: Instance, name: string): JwtTemplate | null {
  const row = one<Row>(database, 'SELECT * FROM jwt_templates WHERE name = ?', name);
  return row ? fromRow(row) : null;
}

/** Throws 404. */
export function getJwtTemplate({ database }: Instance, id: string): JwtTemplate {
  const row = one<Row>(database, 'SELECT * FROM jwt_templates WHERE id = ?', id);
  if (!row) throw notFound('JWT template');
  return fromRow(row);
}

/** Throws `jwt_template_reserved_claim`, or `form_identifier_exists` for a name that is taken. */
export function createJwtTemplate(instance: Instance, fields: JwtTemplateFields): JwtTemplate {
  checkClaims(fields.claims);
  const id = newId(instance, 'jtmp');
  const now = instance.clock();
  write(() =>
    run(
      instance.database,
      'INSERT INTO jwt_templates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      ...columns(fields),
      now,
      now,
    ),
  );
  return getJwtTemplate(instance, id);
}

export function updateJwtTemplate(instance: Instance, id: string, changes: Partial<JwtTemplateFields>): JwtTemplate {
  const next = { ...getJwtTemplate(instance, id), ...changes };
  checkClaims(next.claims);
  write(() =>
    run(
      instance.database,
      `UPDATE jwt_templates SET name = ?, claims = ?, lifetime = ?, allowed_clock_skew = ?, signing_algorithm = ?,
         signing_key = ?, updated_at = ? WHERE id = ?`,
      ...columns(next),
      instance.clock(),
      id,
    ),
  );
  return getJwtTemplate(instance, id);
}

export const deleteJwtTemplate = ({ database }: Instance, id: string): boolean =>
  run(database, 'DELETE FROM jwt_templates WHERE id = ?', id) > 0;

const columns = (fields: JwtTemplateFields) => [
  fields.name,
  JSON.stringify(fields.claims),
  fields.lifetime,
  fields.allowedClockSkew,
  fields.signingAlgorithm,
  fields.signingKey,
];

function checkClaims(claims: Record<string, unknown>): void {
  const reserved = RESERVED_CLAIMS.filter((claim) => Object.hasOwn(claims, claim));
  if (reserved.length === 0) return;
  throw apiError(422, 'jwt_template_reserved_claim', `A template cannot set ${reserved.join(', ')}.`, {
    param_name: 'claims',
  });
}

function write(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw formError('form_identifier_exists', 'name', 'There is a JWT template with this name already.');
  }
}
