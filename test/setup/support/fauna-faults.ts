import faunadb from 'faunadb';
import { answerAt, type Fault, faunaAhead, HOUR, page, twist } from './faults.ts';
import { change, provider, role } from './schema-change.ts';
import { ROOT_KEY, type Servers } from './servers.ts';

const q = faunadb.query;

const templateAudience = async (servers: Servers, aud: string): Promise<undefined> => {
  const [found] = (await servers.api('GET', '/jwt_templates')) as { id: string; name: string; lifetime: number }[];
  await servers.api('PATCH', `/jwt_templates/${found?.id}`, { ...found, claims: { aud } });
};

/** Faults between Fauna's address and the token it takes. */
export const faunaFaults: Fault[] = [
  {
    name: 'nothing listens at the Fauna address',
    link: 'fauna',
    code: 'fauna-unreachable',
    says: 'cannot be reached: nothing listens there',
    plant: () => ({ env: { FAUNA_ENDPOINT: 'http://127.0.0.1:54321' } }),
  },
  {
    name: 'the Fauna node is not initialised',
    link: 'fauna',
    code: 'fauna-not-ready',
    says: 'it is not ready to write',
    plant: twist('fauna', () => new Response('', { status: 503 })),
  },
  {
    name: 'the Fauna address is another service’s',
    link: 'fauna',
    code: 'fauna-foreign',
    says: 'is not Fauna',
    plant: twist('fauna', () => new Response('', { status: 404 })),
  },
  {
    name: 'a web server stands at the Fauna address',
    link: 'fauna-version',
    code: 'fauna-version',
    says: 'does not speak API version 4',
    plant: twist('fauna', page),
  },
  {
    name: 'the Fauna is of another version',
    link: 'fauna-version',
    code: 'fauna-version',
    says: 'does not speak API version 4',
    plant: twist(
      'fauna',
      answerAt('/', () => Response.json({ error: { code: 'unsupported' } }, { status: 410 })),
    ),
  },
  {
    name: 'the Fauna key was deleted',
    link: 'database',
    code: 'database-key-refused',
    says: 'Fauna does not accept the key.',
    plant: () => ({ env: { FAUNA_DOCTOR_KEY: 'fnAFxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' } }),
  },
  {
    name: 'the key is of the database above',
    link: 'database',
    code: 'database-empty',
    says: 'The database of the key has no collection notes.',
    plant: () => ({ env: { FAUNA_DOCTOR_KEY: ROOT_KEY } }),
  },
  {
    name: 'Fauna’s clock is an hour ahead',
    link: 'fauna-clock',
    code: 'fauna-clock',
    says: /Fauna's clock is 3[56]\d\d seconds ahead of this computer's/,
    plant: faunaAhead(HOUR),
  },
  {
    name: 'Fauna’s clock is two hours behind',
    // Its transaction time never goes back, so that the refusal is all there is to see.
    link: 'token-accepted',
    code: 'token-refused',
    says: 'its clock is behind',
    plant: faunaAhead(-2 * HOUR),
  },
  {
    name: 'there is no access provider',
    link: 'provider',
    code: 'provider-missing',
    says: 'No access provider of the database has the issuer https://clerk.burrow.internal.',
    plant: change(() => q.Delete(provider)),
  },
  {
    name: 'the provider’s issuer ends in a slash',
    link: 'provider',
    code: 'provider-missing',
    says: 'ends in a slash',
    plant: change(({ issuer }) => q.Update(provider, { issuer: `${issuer}/` })),
  },
  {
    name: 'the publishable key was entered as the issuer',
    link: 'provider',
    code: 'provider-missing',
    says: 'The publishable key was entered as the issuer',
    plant: change(({ publishableKey }) => q.Update(provider, { issuer: publishableKey })),
  },
  {
    name: 'the provider’s issuer begins with http',
    link: 'provider',
    code: 'provider-missing',
    says: 'it must begin with https://',
    plant: change(() => q.Update(provider, { issuer: 'http://clerk.burrow.internal' })),
  },
  {
    name: 'the audience is another database’s',
    link: 'provider-audience',
    code: 'audience-other-database',
    says: 'The token is meant for https://db.fauna.com/db/another; the database is https://db.fauna.com/db/',
    plant: (servers) => templateAudience(servers, 'https://db.fauna.com/db/another'),
  },
  {
    name: 'the provider’s JWKS address has a typing error',
    link: 'provider-jwks',
    code: 'provider-jwks',
    says: 'fetches its keys from https://clerk.burrow.internal/.well-know/jwks.json',
    plant: change(() => q.Update(provider, { jwks_uri: 'https://clerk.burrow.internal/.well-know/jwks.json' })),
  },
  {
    name: 'the provider has no role',
    link: 'provider-roles',
    code: 'provider-without-role',
    says: 'The access provider grants no role',
    plant: change(() => q.Update(provider, { roles: [] })),
  },
  {
    name: 'the provider’s role was deleted',
    link: 'provider-roles',
    code: 'provider-without-role',
    says: 'the role was deleted and took its place with it',
    plant: change(() => q.Delete(role)),
  },
  {
    name: 'no predicate of the provider is true for the token',
    link: 'token-accepted',
    code: 'token-refused',
    says: 'look at the predicates of the provider',
    plant: change(() =>
      q.Update(provider, {
        roles: [
          { role, predicate: q.Query(q.Lambda('token', q.Equals(q.Select('plan', q.Var('token'), null), 'pro'))) },
        ],
      }),
    ),
  },
  {
    name: 'Fauna cannot fetch Clerk’s keys',
    link: 'token-accepted',
    code: 'token-refused',
    says: "Fauna itself cannot fetch Clerk's keys",
    plant: twist('jwks', () => new Response('', { status: 502 })),
  },
  {
    name: 'Fauna fetches the keys behind a proxy that changes them',
    link: 'token-accepted',
    code: 'token-refused',
    says: "Fauna itself cannot fetch Clerk's keys",
    plant: twist('jwks', page),
  },
];
