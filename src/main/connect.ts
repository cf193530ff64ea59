import type { Failure } from '../shared/failure.ts';
import type { Connection } from './connection/configuration.ts';
import type { Fetch } from './connection/fetch.ts';
import type { EmbeddedKeys, EmbeddedServices } from './connection/supervisor.ts';
import { setUpFauna } from './fauna/schema/set-up.ts';
import { ensureJwtTemplate } from './identity/jwt-template.ts';
import { createLocalAccount, type LocalAccount } from './identity/local-account.ts';
import { log } from './logging/log.ts';

export interface OpenConnection {
  /** Reaches both services; waits for the embedded ones to be up. */
  fetch: Fetch;
  /**
   * Resolves when the services are set up: a token asked for earlier would lack its audience. Rejects when they could
   * not be; the next call tries again.
   */
  ready(): Promise<void>;
  /** Why nothing can be reached for now, in words; null on own servers, which answer for themselves. */
  problem(): Failure | null;
  onProblem(listener: () => void): void;
  /** The services are back: whatever waits for another try can be tried. */
  onUp(listener: () => void): void;
  /** Only on the embedded stack. */
  localAccount: LocalAccount | null;
  close(): void;
}

const setUpEmbedded = async (connection: Connection, fetch: Fetch, keys: EmbeddedKeys): Promise<void> => {
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
  ready: async () => {},
  problem: () => null,
  onProblem: () => {},
  onUp: () => {},
  localAccount: null,
  close: () => {},
});

/** The embedded stack: requests wait until its process is up; it is set up by the same code as a team's servers. */
export const openEmbedded = (connection: Connection, services: EmbeddedServices): OpenConnection => {
  let setUp: Promise<void> | null = null;
  const ready = async (): Promise<void> => {
    const keys = await services.keys();
    setUp ??= setUpEmbedded(connection, services.fetch, keys).catch((error) => {
      setUp = null;
      log.error('set-up', error);
      throw error;
    });
    await setUp;
  };
  services.onUp(() => void ready().catch(() => {}));
  return {
    fetch: services.fetch,
    ready,
    problem: services.problem,
    onProblem: services.onProblem,
    onUp: services.onUp,
    localAccount: createLocalAccount({
      backendApi: connection.frontendApi,
      secretKey: async () => (await services.keys()).secretKey,
      fetch: services.fetch,
    }),
    close: services.stop,
  };
};
