import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** A key pair with the JWKS that publishes it, and a signer: real RS256, as Clerk's. */
export const createSigner = async (kid = 'ins_1') => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }] };
  const sign = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, ...header }).sign(privateKey);
  return { jwks, sign };
};

export const NOW = Date.UTC(2026, 0, 1);
export const seconds = (ms: number) => Math.floor(ms / 1000);
