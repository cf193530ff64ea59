import { setTimeout as wait } from 'node:timers/promises';
import faunadb from 'faunadb';
import type { Fetch } from '../../connection/fetch.ts';
import { createFaunaClient } from '../client.ts';
import { accessProvider, changesIndex, names, notesCollection, notesOwnerRole, SCHEMA_VERSION } from './definition.ts';

const q = faunadb.query;

export interface SetUpOptions {
  endpoint: string;
  /** Of the database above: JWT login never works in the root, so Burrow lives in a child of its own. */
  adminKey: string;
  fetch: Fetch;
  issuer: string;
  /** https only, as Fauna demands. */
  jwksUri: string;
}

export interface SetUpResult {
  /** What the JWT template's `aud` must be. */
  audience: string;
  /** One line for each thing made or changed; empty when there was nothing to do. */
  changes: string[];
}

/** Makes `ref` when it is missing and updates it when it is of an older schema version. */
const ensure = (ref: faunadb.Expr, create: faunadb.Expr, update: faunadb.Expr) =>
  q.If(
    q.Not(q.Exists(ref)),
    q.Do(create, 'made'),
    q.If(q.Equals(q.Select(['data', 'burrow'], q.Get(ref), 0), SCHEMA_VERSION), 'unchanged', q.Do(update, 'updated')),
  );

const INDEX_WAIT_MS = 250;
const INDEX_TRIES = 480;

/**
 * Makes everything the app needs in Fauna: child database, collection, index, role, access provider.
 * Idempotent: each step looks first, so it can be run again at any time and completes what a broken run left.
 * Rejects with the driver's errors.
 */
export const setUpFauna = async (options: SetUpOptions): Promise<SetUpResult> => {
  const { endpoint, adminKey, fetch, issuer, jwksUri } = options;
  const parent = createFaunaClient({ endpoint, fetch, secret: adminKey });
  const child = createFaunaClient({ endpoint, fetch, secret: `${adminKey}:${names.database}:admin` });
  const changes: string[] = [];

  const step = async (
    client: faunadb.Client,
    what: string,
    ref: faunadb.Expr,
    create: faunadb.Expr,
    update: faunadb.Expr,
  ) => {
    const outcome = await client.query<string>(ensure(ref, create, update));
    if (outcome !== 'unchanged') changes.push(`${what} ${outcome}`);
  };

  const database = q.Database(names.database);
  const marked = { data: { burrow: SCHEMA_VERSION } };
  await step(
    parent,
    `database ${names.database}`,
    database,
    q.CreateDatabase({ name: names.database, ...marked }),
    q.Update(database, marked),
  );

  const collection = q.Collection(names.collection);
  await step(
    child,
    `collection ${names.collection}`,
    collection,
    q.CreateCollection(notesCollection),
    q.Update(collection, notesCollection),
  );

  // An index cannot be changed once made; a new schema version that needs another one gives it another name.
  const index = q.Index(names.changesIndex);
  await step(child, `index ${names.changesIndex}`, index, q.CreateIndex(changesIndex), q.Update(index, marked));
  await waitUntilActive(child, index);

  const role = q.Role(names.role);
  await step(child, `role ${names.role}`, role, q.CreateRole(notesOwnerRole), q.Update(role, notesOwnerRole));

  const provider = q.AccessProvider(names.accessProvider);
  const wanted = accessProvider({ issuer, jwksUri });
  await step(
    child,
    `access provider ${names.accessProvider}`,
    provider,
    q.CreateAccessProvider(wanted),
    q.Update(provider, wanted),
  );

  const found = await child.query<{ issuer: string; jwks_uri: string; audience: string }>(q.Get(provider));
  if (found.issuer !== issuer || found.jwks_uri !== jwksUri) {
    await child.query(q.Update(provider, wanted));
    changes.push(`access provider ${names.accessProvider} updated`);
  }
  return { audience: found.audience, changes };
};

const waitUntilActive = async (client: faunadb.Client, index: faunadb.Expr): Promise<void> => {
  for (let tries = 0; tries < INDEX_TRIES; tries++) {
    if (await client.query<boolean>(q.Select('active', q.Get(index)))) return;
    await wait(INDEX_WAIT_MS);
  }
  throw new Error(`The index ${names.changesIndex} is still being built; run set-up again later.`);
};
