import { join } from 'node:path';
import { openFauna } from '../../src/embedded/fauna/index.ts';
import { AUDIENCE_PREFIX, decodeGlobalId } from '../../src/embedded/fauna/security/global-id.ts';
import { setUpFauna } from '../../src/main/fauna/schema/set-up.ts';

export const ROOT = 'root-secret-of-the-simulation';
export const ISSUER = 'https://clerk.simulation';

/** A database that set-up has made once; each seed begins with a copy. */
export interface Template {
  file: string;
  globalId: bigint;
}

export const makeTemplate = async (folder: string): Promise<Template> => {
  const file = join(folder, 'template.db');
  const fauna = openFauna({ file, rootKey: ROOT, clock: { now: () => 1_700_000_000_000_000n } });
  const { audience } = await setUpFauna({
    endpoint: 'http://fauna.simulation',
    adminKey: ROOT,
    fetch: (url, { signal: _, ...init } = {}) => fauna.handle(new Request(url, init)),
    issuer: ISSUER,
    jwksUri: `${ISSUER}/jwks`,
  });
  await fauna.close();
  const globalId = decodeGlobalId(audience.slice(AUDIENCE_PREFIX.length));
  if (globalId === undefined) throw new Error(`not an audience: ${audience}`);
  return { file, globalId };
};
