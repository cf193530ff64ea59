import faunadb from 'faunadb';
import { decodePublishableKey, jwksUriOf } from '../../../shared/identity/publishable-key.ts';
import { createFaunaClient } from '../../fauna/client.ts';
import { plain } from '../../fauna/schema/compare.ts';
import { type Check, faultsOf, leftOut, type Provider, passed, type Subject } from '../check.ts';
import { reach } from '../reach.ts';
import { keyClient, NO_KEY } from './fauna.ts';

const q = faunadb.query;

/** What is odd about the issuers that are there, seen from the one that is wanted. */
const nearMiss = (issuers: string[], wanted: string, publishableKey: string): string => {
  const slash = issuers.find((one) => one.replace(/\/+$/, '') === wanted);
  if (slash) return `The provider's issuer ends in a slash (${slash}); Fauna compares letter by letter.`;
  if (issuers.some((one) => one === publishableKey || /^pk_(test|live)_/.test(one)))
    return 'The publishable key was entered as the issuer; an older guide said so wrongly.';
  const scheme = issuers.find((one) => one.replace(/^https?:\/\//, '') === wanted.replace(/^https:\/\//, ''));
  if (scheme) return `The provider's issuer is ${scheme}; it must begin with https://.`;
  return issuers.length > 0
    ? `The providers are for ${issuers.join(', ')}.`
    : 'The database has no access provider at all.';
};

const provider: Check = {
  id: 'provider',
  title: 'Fauna has an access provider for this issuer',
  after: ['publishable-key', 'database'],
  unless: ['token-issuer'],
  run: async (subject, seen) => {
    const client = keyClient(subject);
    if (!client) return leftOut(NO_KEY);
    const page = await client.query<{ data: Provider[] }>(
      q.Map(q.Paginate(q.AccessProviders(), { size: 1000 }), q.Lambda('ref', q.Get(q.Var('ref')))),
    );
    const { issuer, publishableKey } = subject.connection;
    const found = page.data.find((one) => one.issuer === issuer);
    if (!found)
      return faultsOf('provider')(
        'provider-missing',
        `No access provider of the database has the issuer ${issuer}.`,
        nearMiss(
          page.data.map((one) => one.issuer),
          issuer,
          publishableKey,
        ),
        'Run npm run setup: it shows the difference and mends it.',
      );
    seen.provider = found;
    return passed(found.name);
  },
};

const audience: Check = {
  id: 'provider-audience',
  title: "The token's audience is this database",
  after: ['provider', 'token-audience'],
  run: async ({ connection }, seen) => {
    const wanted = seen.provider?.audience;
    const aud = seen.claims?.aud;
    if ((Array.isArray(aud) ? aud : [aud]).includes(wanted)) return passed(wanted);
    return faultsOf('provider-audience')(
      'audience-other-database',
      `The token is meant for ${String(aud)}; the database is ${wanted}.`,
      'The audience was copied from another database, or the database was made anew and has a new one.',
      `Run npm run setup: it puts ${wanted} into the JWT template "${connection.template}".`,
    );
  },
};

const jwks: Check = {
  id: 'provider-jwks',
  title: "The provider fetches Clerk's keys",
  after: ['provider'],
  run: async ({ connection, fetch }, seen) => {
    const address = seen.provider?.jwks_uri ?? '';
    const key = decodePublishableKey(connection.publishableKey);
    if (key.ok && address === jwksUriOf(key.value)) return passed(address);
    const found = await reach(fetch, address);
    const keys =
      found.ok && found.response.status === 200 ? (found.json as { keys?: { kid?: string }[] })?.keys : undefined;
    const kid = seen.header?.kid;
    if (keys?.some((one) => kid === undefined || one.kid === kid)) return passed(address);
    return faultsOf('provider-jwks')(
      'provider-jwks',
      `The provider fetches its keys from ${address}, where the key of the token is not to be found.`,
      'The address has a typing error, or is of another Clerk instance.',
      `Run npm run setup: it sets ${key.ok ? jwksUriOf(key.value) : 'the address of the publishable key'}.`,
    );
  },
};

const roles: Check = {
  id: 'provider-roles',
  title: 'The provider grants a role',
  after: ['provider'],
  run: async (subject, seen) => {
    const bad = faultsOf('provider-roles');
    const client = keyClient(subject);
    const found = seen.provider?.roles;
    const list = found === undefined ? [] : Array.isArray(found) ? found : [found];
    if (list.length === 0)
      return bad(
        'provider-without-role',
        'The access provider grants no role, so Fauna refuses every token of it.',
        'The provider was made without a role, or the role was deleted and took its place with it.',
        'Run npm run setup: it makes the role notes_owner and grants it.',
      );
    const refs = list.map((one) => (one?.role ?? one) as faunadb.Expr);
    const there = client ? await client.query<boolean[]>(q.Map(refs, q.Lambda('role', q.Exists(q.Var('role'))))) : [];
    const named = refs.map((one) => String(plain(one)).replace('roles/', ''));
    if (there.includes(false))
      return bad(
        'provider-role-gone',
        `The access provider grants the role ${named.filter((_, at) => !there[at]).join(', ')}, which does not exist any more.`,
        'The role was deleted or renamed after the provider was made.',
        'Run npm run setup: it makes the role again.',
      );
    return passed(named.join(', '));
  },
};

/** The driver with the token of the template. */
export const tokenClient = ({ connection, fetch }: Subject, jwt: string): faunadb.Client =>
  createFaunaClient({ endpoint: connection.faunaEndpoint, secret: jwt, fetch, queryTimeoutMs: 10_000 });

const accepted: Check = {
  id: 'token-accepted',
  title: 'Fauna accepts the token',
  after: ['template', 'fauna-version'],
  unless: [
    'token-algorithm',
    'token-issuer',
    'token-audience',
    'token-times',
    'signature',
    'fauna-clock',
    'provider',
    'provider-audience',
    'provider-jwks',
    'provider-roles',
  ],
  run: async (subject, seen) => {
    const bad = faultsOf('token-accepted');
    try {
      await tokenClient(subject, seen.jwt ?? '').query(q.Now());
      return passed();
    } catch (error) {
      if (error instanceof faunadb.errors.UnavailableError)
        return bad(
          'jwks-slow',
          "Fauna could not fetch Clerk's keys in time.",
          'The server of Fauna cannot reach the JWKS address.',
          'Let the server of Fauna reach the Frontend API by https.',
        );
      if (!(error instanceof faunadb.errors.Unauthorized)) throw error;
      const refused = 'Fauna refuses the token.';
      if (!seen.provider)
        return bad(
          'token-refused',
          refused,
          "The provider's issuer, its JWKS address, the audience or the role does not fit; Fauna gives one answer for all of them.",
          'Run npm run doctor with a key of Fauna: it compares them one by one.',
        );
      const predicates = JSON.stringify(plain(seen.provider.roles)).includes('predicate');
      return bad(
        'token-refused',
        refused,
        predicates
          ? 'Everything compared fits, so no role is granted for what this token says: look at the predicates of the provider.'
          : "Everything compared fits, so Fauna itself cannot fetch Clerk's keys, its clock is behind, or the database is the root, where no JWT is taken.",
        predicates
          ? 'Compare the claims of the token with the predicates; npm run setup -- --role sets them.'
          : 'See that the server of Fauna reaches the JWKS address by https, and that Burrow has a child database of its own.',
      );
    }
  },
};

export const providerChecks = [provider, audience, jwks, roles, accepted];
