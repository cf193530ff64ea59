import faunadb from 'faunadb';
import { failure } from '../../../shared/failure.ts';
import { differencesOf } from './compare.ts';
import { SCHEMA_VERSION } from './definition.ts';
import type { Finding, Step } from './step.ts';

const q = faunadb.query;

/** How Burrow knows its own: the schema version it was made with, and whether it was somebody else's before. */
export interface Mark {
  burrow?: unknown;
  adopted?: unknown;
}

type Found = Record<string, unknown> & { data?: Mark };

export const find = (client: faunadb.Client, ref: faunadb.Expr): Promise<Found | null> =>
  client.query<Found | null>(q.If(q.Exists(ref), q.Get(ref), null));

export const isOurs = (found: Found | null): boolean =>
  typeof found?.data?.burrow === 'number' && found.data.adopted !== true;

/** A finding from what is there and what is wanted, by the rules of docs/setup.md. */
export const judge = (what: string, found: Found | null, wanted: Record<string, unknown>): Finding => {
  if (!found) return { state: 'missing' };
  const version = found.data?.burrow;
  if (typeof version === 'number' && version > SCHEMA_VERSION)
    return {
      state: 'blocked',
      failure: failure(
        'schema-newer',
        `The ${what} was set up by a newer Burrow (schema ${version}; this one knows ${SCHEMA_VERSION}).`,
        'Update Burrow and run set-up again.',
      ),
    };
  const differences = differencesOf(found, wanted);
  if (typeof version === 'number' && version < SCHEMA_VERSION)
    return { state: 'older', from: version, changes: differences.map(({ field }) => field) };
  return differences.length === 0 ? { state: 'in-place' } : { state: 'differs', differences };
};

/** What an update writes into `data`: the version, and that it was not ours where it was not. */
export const markFor = (finding: Finding, found: Found | null): Record<string, unknown> => ({
  burrow: SCHEMA_VERSION,
  ...(finding.state === 'differs' && !isOurs(found) ? { adopted: true } : {}),
});

/** A step for one document of the schema. */
export const schemaStep = (options: {
  id: string;
  what: string;
  client: faunadb.Client;
  ref: faunadb.Expr;
  /** The fields that must have these values, `name` among them. */
  wanted: Record<string, unknown>;
  create: (params: Record<string, unknown>) => faunadb.Expr;
  /** Changes what is there; the default updates the wanted fields. */
  change?: (params: Record<string, unknown>) => Promise<unknown>;
  /** Runs after `apply`, and before a thing that is there counts as in place. */
  settle?: () => Promise<void>;
  undo?: { losesData: boolean };
}): Step => {
  const { id, what, client, ref, wanted } = options;
  return {
    id,
    what,
    look: async () => {
      const finding = judge(what, await find(client, ref), wanted);
      if (finding.state === 'in-place') await options.settle?.();
      return finding;
    },
    apply: async (finding) => {
      const found = await find(client, ref);
      const params = { ...wanted, data: markFor(finding, found) };
      if (!found) await client.query(options.create(params));
      else if (options.change) await options.change(params);
      else await client.query(q.Update(ref, params));
      await options.settle?.();
    },
    ...(options.undo
      ? {
          undo: {
            losesData: options.undo.losesData,
            run: async () => {
              if (!isOurs(await find(client, ref))) return false;
              await client.query(q.Delete(ref));
              return true;
            },
          },
        }
      : {}),
  };
};
