import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openFauna } from '../../../src/embedded/fauna/index.ts';
import type { Fetch } from '../../../src/main/connection/fetch.ts';
import { setUpFauna } from '../../../src/main/fauna/schema/set-up.ts';
import { createDriverTransport } from '../../../src/main/fauna/transport.ts';
import { createFaunaGateway } from '../../../src/main/sync/fauna-gateway.ts';
import { contractEndpoint, onEndpoint } from '../../contract/endpoint.ts';
import { createSigner } from '../identity/tokens.ts';
import { temporaryFolder } from '../notes/helpers.ts';

const ENDPOINT = 'http://fauna.test';
const ISSUER = 'https://clerk.test';
const ROOT = 'root-secret-for-tests';

/** The embedded Fauna set up as the app does it, and the app's own driver to it; no port, the real protocol. */
export const startFauna = async () => {
  // npm run test:contract: the same tests on a Fauna that somebody runs.
  if (contractEndpoint()) return onEndpoint();
  const signer = await createSigner();
  const fauna = openFauna({
    file: join(temporaryFolder(), 'fauna.db'),
    rootKey: ROOT,
    resolveJwks: async () => Response.json(signer.jwks),
  });
  onTestFinished(() => fauna.close());
  /** False: the network is cut. */
  const network = { up: true };
  const fetch: Fetch = (url, init) => {
    if (!network.up) throw new TypeError('fetch failed');
    const { signal: _, ...rest } = init ?? {};
    return fauna.handle(new Request(url, rest));
  };
  const { audience } = await setUpFauna({
    endpoint: ENDPOINT,
    adminKey: ROOT,
    fetch,
    issuer: ISSUER,
    jwksUri: `${ISSUER}/jwks`,
  });
  const transport = createDriverTransport({ endpoint: ENDPOINT, fetch });
  return {
    network,
    transport,
    gateway: createFaunaGateway(transport),
    /** As another FQL client of the team would write: with all rights. */
    admin: `${ROOT}:burrow:admin`,
    tokenFor: (sub: string, lifetime = 3600) => {
      const now = Math.floor(Date.now() / 1000);
      return signer.sign({ iss: ISSUER, aud: audience, sub, iat: now, exp: now + lifetime });
    },
  };
};
