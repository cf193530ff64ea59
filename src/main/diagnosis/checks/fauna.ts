import faunadb from 'faunadb';
import { createFaunaClient } from '../../fauna/client.ts';
import { names } from '../../fauna/schema/definition.ts';
import { type Check, faultsOf, leftOut, passed, type Subject } from '../check.ts';
import { reach } from '../reach.ts';

const q = faunadb.query;
const CLOCK_TOLERANCE_MS = 30_000;

export const NO_KEY = 'needs a key of Fauna: npm run doctor asks it with FAUNA_DOCTOR_KEY';

export const keyClient = ({ connection, faunaKey, fetch }: Subject): faunadb.Client | null =>
  faunaKey
    ? createFaunaClient({ endpoint: connection.faunaEndpoint, secret: faunaKey, fetch, queryTimeoutMs: 10_000 })
    : null;

const reachable: Check = {
  id: 'fauna',
  title: 'Fauna answers',
  after: [],
  unless: ['publishable-key'],
  run: async ({ connection, fetch }) => {
    const bad = faultsOf('fauna');
    const address = connection.faunaEndpoint;
    const found = await reach(fetch, `${address}/ping?scope=write`);
    if (!found.ok)
      return bad(
        'fauna-unreachable',
        `Fauna at ${address} cannot be reached: ${found.why}.`,
        'The address is wrong, the server is down, or a firewall is in between.',
        'See that FaunaDB runs and answers GET /ping at this address (docs/self-hosting.md).',
      );
    if (found.response.status >= 500)
      return bad(
        'fauna-not-ready',
        `Fauna at ${address} answers ${found.response.status}: it is not ready to write.`,
        'A node is starting, was not initialised, or the cluster has lost its majority.',
        'Run faunadb-admin status on a node; a new node needs faunadb-admin init.',
      );
    if (found.response.status !== 200)
      return bad(
        'fauna-foreign',
        `What answers at ${address} is not Fauna (GET /ping answers ${found.response.status}).`,
        'The address names another service or another path.',
        'Give the address of the API port (8443 by default), without a path.',
      );
    return passed(address);
  },
};

const version: Check = {
  id: 'fauna-version',
  title: 'It speaks API version 4',
  after: ['fauna'],
  run: async ({ connection, fetch }) => {
    const headers = {
      authorization: 'Bearer nobody',
      'x-faunadb-api-version': '4',
      'content-type': 'application/json',
    };
    const found = await reach(fetch, `${connection.faunaEndpoint}/`, { method: 'POST', headers, body: '{"now":null}' });
    // A stranger is told so in Fauna's own words, and that is the proof.
    const body = found.ok ? (found.json as { errors?: { code?: string }[] } | undefined) : undefined;
    if (found.ok && found.response.status === 401 && body?.errors?.[0]?.code === 'unauthorized') return passed();
    return faultsOf('fauna-version')(
      'fauna-version',
      `${connection.faunaEndpoint} does not speak API version 4 of Fauna.`,
      'It is another database, a later version without FQL 4, or a proxy that changes what passes.',
      'Use FaunaDB with API version 4 (docs/self-hosting.md) and let a proxy pass bodies and headers as they are.',
    );
  },
};

const database: Check = {
  id: 'database',
  title: "The key opens Burrow's database",
  after: ['fauna-version'],
  run: async (subject) => {
    const bad = faultsOf('database');
    const client = keyClient(subject);
    if (!client) return leftOut(NO_KEY);
    try {
      const there = await client.query<boolean>(q.Exists(q.Collection(names.collection)));
      if (there) return passed(`collection ${names.collection}`);
      return bad(
        'database-empty',
        `The database of the key has no collection ${names.collection}.`,
        'Set-up was not run, or the key is of the database above or of another one.',
        'Run npm run setup; use the key that it writes to .env.burrow.',
      );
    } catch (error) {
      if (error instanceof faunadb.errors.Unauthorized)
        return bad(
          'database-key-refused',
          'Fauna does not accept the key.',
          'It was deleted or replaced, or it is of another cluster.',
          'Run npm run setup with an admin key: it makes the doctor a new one.',
        );
      throw error;
    }
  },
};

const clock: Check = {
  id: 'fauna-clock',
  title: "Fauna's clock is right",
  after: ['fauna-version'],
  unless: ['token-times', 'database'],
  run: async (subject) => {
    const client = keyClient(subject);
    if (!client) return leftOut(NO_KEY);
    let ahead: number;
    try {
      ahead = (await client.query<number>(q.ToMillis(q.Now()))) - subject.now();
    } catch (error) {
      if (error instanceof faunadb.errors.Unauthorized) return leftOut('the key is not accepted');
      throw error;
    }
    if (Math.abs(ahead) <= CLOCK_TOLERANCE_MS) return passed(`${Math.abs(Math.round(ahead))} ms apart`);
    const seconds = Math.round(Math.abs(ahead) / 1000);
    return faultsOf('fauna-clock')(
      'fauna-clock',
      `Fauna's clock is ${seconds} seconds ${ahead > 0 ? 'ahead of' : 'behind'} this computer's.`,
      'One of the two has no time from the network; Fauna allows no leeway in exp and nbf.',
      'Set up NTP on the servers of Fauna (docs/self-hosting.md) and on this computer.',
    );
  },
};

export const faunaChecks = [reachable, version, database, clock];
