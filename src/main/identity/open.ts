import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError } from '../../shared/failure.ts';
import type { Account } from '../../shared/identity/account.ts';
import type { Connection } from '../connection/configuration.ts';
import type { Fetch } from '../connection/fetch.ts';
import { createAccountKeeper } from './account.ts';
import { createClerkProxy } from './clerk-proxy.ts';
import { openEndedTokens } from './ended-tokens.ts';
import { createFrontendApi } from './frontend-api.ts';
import { systemSecretBox } from './safe-storage.ts';
import { openSecretFile } from './secret-file.ts';
import { createSessionTokenVerifier } from './session-token.ts';
import { createTokenBroker } from './token-broker.ts';
import { createWhoAmI } from './who-am-i.ts';
import { createWindowTokenSource } from './window-token-source.ts';

/** Puts the parts of identity together: one client token, one account, one token broker. */
export const openIdentity = (options: {
  folder: string;
  connection: Connection;
  fetch: Fetch;
  /** Settles when the services are set up; until then no token has its audience. */
  ready: () => Promise<void>;
  /** Asks a window for the Fauna JWT; false when none is open. */
  askWindow: (request: string) => boolean;
  changed: (account: Account | null) => Promise<void>;
}) => {
  const { folder, connection, fetch } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secretFile = (name: string) => openSecretFile(join(folder, name), systemSecretBox());
  const now = () => Date.now();

  const clientToken = secretFile('client-token');
  const frontendApi = createFrontendApi({
    frontendApi: connection.frontendApi,
    template: connection.template,
    fetch,
    clientToken,
  });
  const verifier = createSessionTokenVerifier({ issuer: connection.issuer, jwksUri: connection.jwksUri, fetch, now });
  const accounts = createAccountKeeper({
    file: join(folder, 'account.json'),
    verifier,
    frontendApi,
    clientToken,
    endedTokens: openEndedTokens(secretFile('ended-tokens')),
    changed: (account) => {
      broker.forget();
      return options.changed(account);
    },
  });
  const windowTokens = createWindowTokenSource({
    template: connection.template,
    ask: options.askWindow,
    otherwise: frontendApi.faunaToken,
  });
  const broker = createTokenBroker({
    source: async () => {
      try {
        await options.ready();
      } catch (error) {
        // The services say themselves why there is no token; clerk-js would only find that it cannot reach Clerk.
        if (error instanceof FailureError) return { ok: false, failure: error.failure };
      }
      return windowTokens.source();
    },
    issuer: connection.issuer,
    template: connection.template,
    userId: () => accounts.current()?.userId ?? null,
    now,
  });
  const whoAmI = createWhoAmI({ verifier, broker, faunaEndpoint: connection.faunaEndpoint, fetch, now });
  const clerkProxy = createClerkProxy({
    frontendApi: connection.frontendApi,
    fetch,
    clientToken,
    unreachable: windowTokens.unreachable,
  });

  return { accounts, broker, clientToken, clerkProxy, resources: secretFile('clerk-resources'), whoAmI, windowTokens };
};
export type Identity = ReturnType<typeof openIdentity>;
