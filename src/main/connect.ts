import type { Connection } from './connection/configuration.ts';
import type { EmbeddedProcess } from './connection/embedded-process.ts';
import type { Fetch } from './connection/fetch.ts';
import { setUpFauna } from './fauna/schema/set-up.ts';
import { ensureJwtTemplate } from './identity/jwt-template.ts';
import { createLocalAccount, type LocalAccount } from './identity/local-account.ts';
import { log } from './logging/log.ts';

export interface OpenConnection {
  /** Reaches both services; waits for the embedded ones to be up. */
  fetch: Fetch;
  /** Settles when the services are set up; rejects when that failed. A token asked for earlier would lack its audience. */
  ready: Promise<void>;
  /** Only on the embedded stack. */
  localAccount: Promise<LocalAccount> | null;
  close(): void;
}

const setUpEmbedded = async (
  connection: Connection,
  fetch: Fetch,
  keys: { rootKey: string; secretKey: string },
): Promise<void> => {
  const { audience, changes } = await setUpFauna({
    endpoint: connection.faunaEndpoint,
    adminKey: keys.rootKey,
    fetch,
    issuer: connection.issuer,
    jwksUri: connection.jwksUri,
  });
  const template = await ensureJwtTemplate({
    // The embedded Clerk answers its Backend API at the address of its Frontend API, on other paths.
    backendApi: connection.frontendApi,
    secretKey: keys.secretKey,
    fetch,
    name: connection.template,
    audience,
  });
  for (const change of changes) log.info(`set-up: ${change}`);
  if (template !== 'unchanged') log.info(`set-up: JWT template ${connection.template} ${template}`);
};

/** Own servers: the global fetch. */
export const openOwnServers = (fetch: Fetch): OpenConnection => ({
  fetch,
  ready: Promise.resolve(),
  localAccount: null,
  close: () => {},
});

/** The embedded stack: requests wait until its process is up; it is set up by the same code as a team's servers. */
export const openEmbedded = (connection: Connection, services: EmbeddedProcess): OpenConnection => {
  const fetch: Fetch = async (url, init) => {
    await services.keys;
    return services.client.fetch(url, init);
  };
  const ready = services.keys.then((keys) => setUpEmbedded(connection, fetch, keys));
  ready.catch((error) => log.error('set-up', error));
  const localAccount = services.keys.then(({ secretKey }) =>
    createLocalAccount({ backendApi: connection.frontendApi, secretKey, fetch }),
  );
  localAccount.catch(() => {});
  return { fetch, ready, localAccount, close: services.stop };
};
