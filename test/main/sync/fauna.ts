import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openFauna } from '../../../src/embedded/fauna/index.ts';
import { backUp, restore } from '../../../src/embedded/fauna/store/backup.ts';
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

/** A Fauna set up as the app does it, and the app's own driver to it. */
export const startFauna = async () =>
  // npm run test:contract: the same tests on a Fauna that somebody runs.
  contractEndpoint() ? onEndpoint() : startEmbedded();

/** The embedded one: no port, the real protocol, and a backup that can be put back. */
export const startEmbedded = async () => {
  const signer = await createSigner();
  const file = join(temporaryFolder(), 'fauna.db');
  const open = () => openFauna({ file, rootKey: ROOT, resolveJwks: async () => Response.json(signer.jwks) });
  let fauna = open();
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
    backUp: () => backUp(file, `${file}.backup`),
    restore: async () => {
      await fauna.close();
      restore(`${file}.backup`, file);
      fauna = open();
    },
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
