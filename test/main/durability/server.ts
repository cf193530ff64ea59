import { join } from 'node:path';
import { openFauna } from '../../../src/embedded/fauna/index.ts';
import { listen } from '../../../src/embedded/http/listen.ts';
import { setUpFauna } from '../../../src/main/fauna/schema/set-up.ts';
import { createSigner } from '../identity/tokens.ts';

const ISSUER = 'https://clerk.durability';
const ROOT = 'root-secret-for-kills';
const DAY_S = 86_400;

/** A Fauna that outlives the apps that are killed: on a port, set up by the app's own steps. */
export const startServer = async (folder: string, account: string) => {
  const { jwks, sign } = await createSigner();
  const fauna = openFauna({
    file: join(folder, 'fauna.db'),
    rootKey: ROOT,
    resolveJwks: async () => Response.json(jwks),
  });
  const listener = await listen(fauna.handle, { port: 0 });
  const endpoint = `http://127.0.0.1:${listener.port}`;
  const jwksUri = `${ISSUER}/jwks`;
  const { audience } = await setUpFauna({ endpoint, adminKey: ROOT, fetch, issuer: ISSUER, jwksUri });
  const now = Math.floor(Date.now() / 1000);
  return {
    endpoint,
    token: await sign({ iss: ISSUER, aud: audience, sub: account, iat: now, exp: now + DAY_S }),
    close: async () => {
      await listener.close();
      await fauna.close();
    },
  };
};

/** A token that needs no Clerk, as the engine asks for one. */
export const tokenOf = (secret: string) => ({
  get: async () => ({ ok: true as const, value: { secret, expiresAt: Date.now() + DAY_S * 1000 } }),
  forget: () => {},
});
