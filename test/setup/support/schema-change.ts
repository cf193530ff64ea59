import faunadb from 'faunadb';
import { names } from '../../../src/main/fauna/schema/definition.ts';
import type { Servers } from './servers.ts';

const q = faunadb.query;
export const provider = q.AccessProvider('clerk');
export const role = q.Role('notes_owner');
export const index = q.Index(names.changesIndex);
export const ownersIndex = q.Index(names.ownersIndex);

export const change =
  (expression: (servers: Servers) => faunadb.Expr) =>
  async (servers: Servers): Promise<undefined> => {
    await servers.child.query(expression(servers));
  };
