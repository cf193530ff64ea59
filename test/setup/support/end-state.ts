import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import faunadb from 'faunadb';
import { plain } from '../../../src/main/fauna/schema/compare.ts';
import type { Servers } from './servers.ts';

const q = faunadb.query;

const everything = async (client: faunadb.Client, set: faunadb.Expr): Promise<unknown[]> => {
  const page = await client.query<{ data: Record<string, unknown>[] }>(
    q.Map(q.Paginate(set, { size: 1000 }), q.Lambda('ref', q.Get(q.Var('ref')))),
  );
  // What differs between two runs that made the same: ids, times, hashes.
  return page.data.map(({ ref: _ref, ts: _ts, hashed_secret: _hash, global_id: _id, audience, ...rest }) =>
    plain({ ...rest, ...(audience === undefined ? {} : { audience: 'some' }) }),
  );
};

const variables = (path: string): string[] =>
  existsSync(path) ? (readFileSync(path, 'utf8').match(/^\w+(?==)/gm) ?? []) : [];

const without = (found: unknown): unknown =>
  (found as Record<string, unknown>[]).map(({ id: _id, created_at: _made, updated_at: _changed, claims, ...rest }) => ({
    ...rest,
    ...(claims && typeof claims === 'object'
      ? { claims: { ...claims, aud: 'aud' in claims ? 'some' : undefined } }
      : {}),
  }));

/** All that set-up makes, at both servers and on disk, as far as it is the same for every run. */
export const endState = async (servers: Servers): Promise<Record<string, unknown>> => {
  const connection = join(servers.folder, 'connection.json');
  const there = await servers.root.query<boolean>(q.Exists(q.Database('burrow')));
  return {
    databases: await everything(servers.root, q.Databases()),
    keys: await everything(servers.root, q.Keys()),
    ...(there
      ? {
          collections: await everything(servers.child, q.Collections()),
          indexes: await everything(servers.child, q.Indexes()),
          roles: await everything(servers.child, q.Roles()),
          providers: await everything(servers.child, q.AccessProviders()),
          childKeys: await everything(servers.child, q.Keys()),
        }
      : {}),
    templates: without(await servers.api('GET', '/jwt_templates')),
    redirects: without(await servers.api('GET', '/redirect_urls')),
    users: await servers.api('GET', '/users/count'),
    connectionFile: existsSync(connection)
      ? readFileSync(connection, 'utf8').replaceAll(/127.0.0.1:\d+/g, 'here')
      : null,
    keyFile: variables(join(servers.folder, '.env.burrow')),
  };
};
