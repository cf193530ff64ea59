/** The embedded Fauna with worker threads, a file and a port, set up by the app's own steps. Bundled: shipped.ts. */
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { openFauna } from '../../src/embedded/fauna/index.ts';
import { listen } from '../../src/embedded/http/listen.ts';
import { setUpFauna } from '../../src/main/fauna/schema/set-up.ts';
import { serve } from './process.ts';

const ISSUER = 'https://clerk.bench';
const ROOT = 'root-secret-for-the-bench';

export interface FaunaAddress {
  endpoint: string;
  /** A session token as Clerk signs it, good for two hours. */
  token: string;
}

serve({
  async open({ file, account }: { file: string; account: string }): Promise<FaunaAddress> {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' }] };
    const fauna = openFauna({
      file,
      rootKey: ROOT,
      worker: join(import.meta.dirname, 'fauna-worker.cjs'),
      resolveJwks: async () => Response.json(jwks),
    });
    const { port } = await listen(fauna.handle, { port: 0 });
    const endpoint = `http://127.0.0.1:${port}`;
    const { audience } = await setUpFauna({
      endpoint,
      adminKey: ROOT,
      fetch,
      issuer: ISSUER,
      jwksUri: `${ISSUER}/jwks`,
    });
    const now = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({ iss: ISSUER, aud: audience, sub: account, iat: now, exp: now + 7200 })
      .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
      .sign(privateKey);
    return { endpoint, token };
  },
});
