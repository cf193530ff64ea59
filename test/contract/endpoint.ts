import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import faunadb from 'faunadb';
import { onTestFinished } from 'vitest';
import { listen } from '../../src/embedded/http/listen.ts';
import { openStack } from '../../src/embedded/stack.ts';
import type { Fetch } from '../../src/main/connection/fetch.ts';
import { createFaunaClient } from '../../src/main/fauna/client.ts';
import { faunaSteps, readAudience, setUpClients } from '../../src/main/fauna/schema/plan.ts';
import { runSteps } from '../../src/main/fauna/schema/set-up.ts';
import { createDriverTransport } from '../../src/main/fauna/transport.ts';
import { createFaunaGateway } from '../../src/main/sync/fauna-gateway.ts';
import { createSigner } from '../main/identity/tokens.ts';
import { temporaryFolder } from '../main/notes/helpers.ts';

const q = faunadb.query;

export interface ContractEndpoint {
  endpoint: string;
  key: string;
}

/** Where the contract is to be tried (npm run test:contract); null: on the embedded Fauna. */
export const contractEndpoint = (): ContractEndpoint | null => {
  const { BURROW_CONTRACT_ENDPOINT: endpoint, BURROW_CONTRACT_KEY: key } = process.env;
  return endpoint && key ? { endpoint, key } : null;
};

const embedded = async (): Promise<ContractEndpoint> => {
  const stack = await openStack({ data: temporaryFolder(), safeAccessProviders: 'localhost' });
  const server = await listen(stack.fauna, { port: 0 });
  onTestFinished(async () => {
    await server.close();
    await stack.close();
  });
  return { endpoint: `http://127.0.0.1:${server.port}`, key: stack.keys.rootKey };
};

/** The signer's keys on a port of this computer; Fauna reads them there when it may (docs/self-hosting.md). */
const publishKeys = async (jwks: object): Promise<string> => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(jwks));
  });
  await new Promise<void>((resolve) => server.listen(Number(process.env.BURROW_CONTRACT_JWKS_PORT ?? 0), resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `https://localhost:${(server.address() as AddressInfo).port}/jwks.json`;
};

/** A database of one's own on the endpoint, set up as the app does it, and removed when the test is over. */
export const onEndpoint = async () => {
  const { endpoint, key } = contractEndpoint() ?? (await embedded());
  const database = `burrow_contract_${randomBytes(6).toString('hex')}`;
  const signer = await createSigner();
  const issuer = `https://${database.replaceAll('_', '-')}.invalid`;
  /** False: the network is cut. */
  const network = { up: true };
  const send: Fetch = (url, init) => {
    if (!network.up) throw new TypeError('fetch failed');
    return fetch(url, init);
  };
  const plan = { endpoint, adminKey: key, database, fetch: send, issuer, jwksUri: await publishKeys(signer.jwks) };
  const clients = setUpClients(plan);
  const root = createFaunaClient({ endpoint, secret: key, fetch });
  onTestFinished(async () => {
    await root.query(q.If(q.Exists(q.Database(database)), q.Delete(q.Database(database)), null));
  });
  const changes = await runSteps(faunaSteps(plan, clients));
  const audience = await readAudience(clients);
  const transport = createDriverTransport({ endpoint, fetch: send });
  return {
    endpoint,
    plan,
    clients,
    changes,
    audience,
    network,
    transport,
    gateway: createFaunaGateway(transport),
    /** As another FQL client of the team would write: with all rights. */
    admin: `${key}:${database}:admin`,
    client: (secret: string) => createFaunaClient({ endpoint, secret, fetch: send }),
    tokenFor: (sub: string, lifetime = 3600, claims: Record<string, unknown> = {}) => {
      const now = Math.floor(Date.now() / 1000);
      return signer.sign({ iss: issuer, aud: audience, sub, iat: now, exp: now + lifetime, ...claims });
    },
  };
};
