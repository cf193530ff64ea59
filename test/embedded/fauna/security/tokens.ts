/** Hand-made JWTs and a JWKS host for them: libraries refuse to make what has to be refused here. */
import { constants, createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

export const base64url = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url');
export const json = (value: unknown): string => base64url(JSON.stringify(value));

export interface SigningKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export function rsaKey(kid: string): SigningKey {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

export const jwkOf = ({ kid, publicKey }: SigningKey, extra: object = {}): Record<string, unknown> => ({
  ...publicKey.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  ...extra,
});

export type Signer = (signed: string) => string;
export const rsa =
  ({ privateKey }: Pick<SigningKey, 'privateKey'>, hash = 'RSA-SHA256', pss = false): Signer =>
  (signed) => {
    const padding = pss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
    return createSign(hash).update(signed).sign({ key: privateKey, padding }, 'base64url');
  };
export const hmac =
  (secret: string | Buffer): Signer =>
  (signed) =>
    createHmac('sha256', secret).update(signed).digest('base64url');

/** Header and payload as they come: objects become JSON, strings are taken for the JSON itself. */
export function jwt(header: object | string, payload: object | string, sign: Signer): string {
  const part = (value: object | string) => (typeof value === 'string' ? base64url(value) : json(value));
  const signed = `${part(header)}.${part(payload)}`;
  return `${signed}.${sign(signed)}`;
}
