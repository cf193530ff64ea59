import { randomInt } from 'node:crypto';
import faunadb from 'faunadb';
import { names } from '../../fauna/schema/definition.ts';
import { isAllowed } from './denied.ts';

const q = faunadb.query;
const collection = q.Collection(names.collection);
const newRef = (): faunadb.Expr => q.Ref(collection, String(randomInt(1, 2 ** 47)));

/** What the app does with a note of its own, each tried by itself; answers what is refused. Leaves nothing. */
export const rehearse = async (client: faunadb.Client, owner: string): Promise<string[]> => {
  const ref = newRef();
  const make = q.Create(ref, { data: { owner, format: 1 } });
  if (!(await isAllowed(client, make))) return ['create'];
  const tries: [string, faunadb.Expr][] = [
    ['read', q.Get(ref)],
    ['change', q.Update(ref, { data: { title: 'probe' } })],
    ['see the history of', q.Paginate(q.Events(ref))],
    ['delete', q.Delete(ref)],
  ];
  const refused: string[] = [];
  for (const [what, expression] of tries) if (!(await isAllowed(client, make, expression))) refused.push(what);
  return refused;
};

/** A real note, written in one transaction, read in another, and removed. Rejects with the driver's errors. */
export const writeAndReadBack = async (client: faunadb.Client, owner: string): Promise<void> => {
  const ref = newRef();
  // With `purgedAt` it is a tombstone to every device that pulls meanwhile: nobody sees a note come and go.
  await client.query(q.Create(ref, { data: { owner, format: 1, purgedAt: Date.now(), body: 'probe' } }));
  try {
    const body = await client.query<string>(q.Select(['data', 'body'], q.Get(ref)));
    if (body !== 'probe') throw new Error('the note came back with another body');
  } finally {
    await client.query(q.If(q.Exists(ref), q.Delete(ref), null));
  }
};
