import { existsSync, readFileSync, rmSync } from 'node:fs';
import { parseEnv } from 'node:util';
import faunadb from 'faunadb';
import writeFileAtomic from 'write-file-atomic';
import type { Fetch } from '../../main/connection/fetch.ts';
import { createFaunaClient } from '../../main/fauna/client.ts';
import { names, SCHEMA_VERSION } from '../../main/fauna/schema/definition.ts';
import type { SetUpClients } from '../../main/fauna/schema/plan.ts';
import type { Step } from '../../main/fauna/schema/step.ts';

const q = faunadb.query;

const HEADER = `# Keys of Burrow's own database, made by npm run setup. Secret: keep this file out of version control.
# FAUNA_KEY sets up this database and no other; with it the key of the database above is not needed any more.
# FAUNA_DOCTOR_KEY reads the schema and plants probes; it can read nobody's notes.
`;

interface KeyKind {
  variable: 'FAUNA_KEY' | 'FAUNA_DOCTOR_KEY';
  purpose: 'set-up' | 'doctor';
  /** Where the key is kept in Fauna. */
  client: faunadb.Client;
  params: Record<string, unknown>;
  /** Read through the key itself, to see that it still opens what it should. */
  opens: faunadb.Expr;
}

const readKeys = (path: string): Record<string, string | undefined> =>
  existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};

const made = (kind: KeyKind) =>
  q.Filter(
    q.Select('data', q.Paginate(q.Keys(), { size: 10_000 })),
    q.Lambda(
      'key',
      q.And(
        q.Equals(q.Select(['data', 'burrowKey'], q.Get(q.Var('key')), null), kind.purpose),
        q.Equals(q.Select('database', q.Get(q.Var('key')), null), (kind.params.database as faunadb.Expr) ?? null),
      ),
    ),
  );

/** Deletes the keys of this kind that Burrow made; answers how many there were. */
const removeMade = (kind: KeyKind) =>
  kind.client.query<number>(q.Count(q.Map(made(kind), q.Lambda('key', q.Delete(q.Var('key'))))));

/**
 * Keys that can do no more than their work: one for set-up in Burrow's own database alone, so that the key of the database
 * above is needed once, and one for the doctor. Fauna tells a secret once: a key whose secret is lost is made anew.
 */
export const keysStep = (options: {
  path: string;
  endpoint: string;
  fetch: Fetch;
  database: string | null;
  clients: SetUpClients;
}): Step => {
  const { parent, child } = options.clients;
  const database = options.database === null ? null : q.Database(options.database);
  const kinds: KeyKind[] = [
    ...(parent && database
      ? [
          {
            variable: 'FAUNA_KEY' as const,
            purpose: 'set-up' as const,
            client: parent,
            params: { role: 'admin', database },
            opens: q.Exists(q.AccessProvider(names.accessProvider)),
          },
        ]
      : []),
    {
      variable: 'FAUNA_DOCTOR_KEY',
      purpose: 'doctor',
      client: child,
      params: { role: q.Role(names.doctorRole) },
      opens: q.Exists(q.AccessProvider(names.accessProvider)),
    },
  ];

  const works = async (kind: KeyKind, secret: string | undefined): Promise<boolean> => {
    if (!secret) return false;
    const client = createFaunaClient({ endpoint: options.endpoint, fetch: options.fetch, secret });
    try {
      return await client.query<boolean>(kind.opens);
    } catch (error) {
      if (error instanceof faunadb.errors.Unauthorized) return false;
      throw error;
    }
  };

  const lost = async (): Promise<KeyKind[]> => {
    const keys = readKeys(options.path);
    const found = await Promise.all(
      kinds.map(async (kind) => ((await works(kind, keys[kind.variable])) ? [] : [kind])),
    );
    return found.flat();
  };

  const write = async (keys: Record<string, string | undefined>): Promise<void> => {
    const lines = Object.entries(keys).map(([name, value]) => `${name}=${value}\n`);
    await writeFileAtomic(options.path, HEADER + lines.join(''), { mode: 0o600 });
  };

  return {
    id: 'keys',
    what: `keys in ${options.path}`,
    look: async () => {
      const keys = readKeys(options.path);
      // Before the first set-up there is nothing to try them on.
      if (!kinds.some((kind) => keys[kind.variable])) return { state: 'missing' };
      return (await lost()).length === 0 ? { state: 'in-place' } : { state: 'missing' };
    },
    apply: async () => {
      for (const kind of await lost()) {
        await removeMade(kind);
        const key = await kind.client.query<{ secret: string }>(
          q.CreateKey({ ...kind.params, data: { burrow: SCHEMA_VERSION, burrowKey: kind.purpose } }),
        );
        await write({ ...readKeys(options.path), [kind.variable]: key.secret });
      }
    },
    undo: {
      losesData: false,
      run: async () => {
        let removed = 0;
        // A database that is gone has taken its keys with it.
        for (const kind of kinds) removed += await removeMade(kind).catch(() => 0);
        const keys = readKeys(options.path);
        for (const { variable } of kinds) delete keys[variable];
        // The key of Burrow's own database cannot remove itself: it stays for whoever still needs it.
        if (keys.FAUNA_KEY) await write(keys);
        else rmSync(options.path, { force: true });
        return removed > 0;
      },
    },
  };
};
