import { setTimeout as wait } from 'node:timers/promises';
import faunadb from 'faunadb';
import { FailureError, failure } from '../../../shared/failure.ts';
import { differencesOf } from './compare.ts';
import { SCHEMA_VERSION } from './definition.ts';
import { find, schemaStep } from './schema-step.ts';
import type { Step } from './step.ts';

const q = faunadb.query;
const WAIT_MS = 250;
const TRIES = 480;

/** What an index is made with. */
interface IndexDefinition extends Record<string, unknown> {
  name: string;
  source: faunadb.Expr;
  terms: object[];
  values: object[];
  serialized: boolean;
}

const waitUntilActive = async (client: faunadb.Client, name: string): Promise<void> => {
  const index = q.Index(name);
  for (let tries = 0; tries < TRIES; tries++) {
    if (await client.query<boolean>(q.If(q.Exists(index), q.Select('active', q.Get(index)), true))) return;
    await wait(WAIT_MS);
  }
  throw new FailureError(
    failure(
      'index-not-active',
      `The index ${name} is still being built.`,
      'Fauna builds it in the background; run set-up again in a while.',
    ),
  );
};

/** The index is there and has been built. */
export const indexStep = (client: faunadb.Client, id: string, wanted: IndexDefinition): Step => {
  const { name, source, terms, values, serialized } = wanted;
  const ref = q.Index(name);
  return schemaStep({
    id,
    what: `index ${name}`,
    client,
    ref,
    wanted,
    create: q.CreateIndex,
    // What an index holds cannot be changed once it is made: the old one steps aside under another name.
    change: async (params) => {
      const held = differencesOf((await find(client, ref)) ?? {}, { source, terms, values });
      if (held.length === 0) return client.query(q.Update(ref, { data: params.data, serialized }));
      await client.query(q.Update(ref, { name: `${name}_before_${Date.now()}` }));
      return client.query(q.CreateIndex({ ...params, data: { burrow: SCHEMA_VERSION } }));
    },
    settle: () => waitUntilActive(client, name),
    undo: { losesData: false },
  });
};
