import type { Answer } from '../http/answers.ts';
import { answer } from '../http/answers.ts';
import type { Instance } from '../instance.ts';
import { digest } from '../instance.ts';

export interface Jwks {
  keys: Record<string, unknown>[];
}

export const jwks = ({ signingKey }: Instance): Jwks => ({ keys: [{ ...signingKey.publicJwk }] });

/** `/.well-known/jwks.json`, with an ETag so that who polls it downloads it once. */
export function answerJwks(instance: Instance, ifNoneMatch: string | null): Answer {
  const body = jwks(instance);
  const etag = `"${digest(JSON.stringify(body))}"`;
  const headers = { etag, 'cache-control': 'public, max-age=60', 'access-control-allow-origin': '*' };
  const known = ifNoneMatch?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
  return known ? answer(null, 304, headers) : answer(body, 200, headers);
}

/** OpenID Connect Discovery 1.0, as far as it is true: there are keys to verify with, and no authorization server. */
export const answerOpenidConfiguration = ({ issuer }: Instance): Answer =>
  answer(
    {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['public'],
      claims_supported: ['azp', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sid', 'sub'],
    },
    200,
    { 'access-control-allow-origin': '*' },
  );
