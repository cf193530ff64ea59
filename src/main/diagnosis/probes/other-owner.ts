import { randomInt } from 'node:crypto';
import faunadb from 'faunadb';
import { names, PROBE_OWNER } from '../../fauna/schema/definition.ts';
import { isAllowed } from './denied.ts';

const q = faunadb.query;
const collection = q.Collection(names.collection);
const index = q.Index(names.changesIndex);
const newRef = (): faunadb.Expr => q.Ref(collection, String(randomInt(1, 2 ** 47)));

/** What can be tried with the token alone. */
const byToken = async (client: faunadb.Client, owner: string): Promise<string[]> => {
  const found: string[] = [];
  const own = newRef();
  const note = (whose: string) => ({ data: { owner: whose, format: 1 } });
  if (await isAllowed(client, q.Create(newRef(), note(PROBE_OWNER)))) found.push('write notes in the name of others');
  if (await isAllowed(client, q.Create(own, note(owner)), q.Update(own, note(PROBE_OWNER))))
    found.push('give notes to others');
  const ownerOf = q.Select(['data', 'owner'], q.Get(q.Var('ref')), null);
  const foreign = q.Filter(q.Documents(collection), q.Lambda('ref', q.Not(q.Equals(ownerOf, owner))));
  const seen = await client.query<boolean>(q.IsNonEmpty(q.Paginate(foreign, { size: 1 }))).catch(() => false);
  if (seen) found.push('list the notes of others');
  if (await isAllowed(client, q.Paginate(q.Match(index, PROBE_OWNER), { size: 1 })))
    found.push('ask the index for the changes of others');
  if (await isAllowed(client, q.CreateCollection({ name: `burrow_probe_${randomInt(1, 2 ** 40)}` })))
    found.push('change the schema');
  if (await isAllowed(client, q.CreateKey({ role: 'server' }))) found.push('make keys');
  return found;
};

/** What can be tried on a note that is there and belongs to somebody else. */
const byProbe = async (client: faunadb.Client, owner: string, keeper: faunadb.Client): Promise<string[]> => {
  // The doctor's key may create, but not under an id of its choice.
  const made = await keeper.query<faunadb.Expr>(
    q.Select('ref', q.Create(collection, { data: { owner: PROBE_OWNER, format: 1, title: 'Burrow doctor' } })),
  );
  try {
    const found: string[] = [];
    if (await isAllowed(client, q.Get(made))) found.push('read notes of others');
    if (await isAllowed(client, q.Update(made, { data: { title: 'changed' } }))) found.push('change notes of others');
    if (await isAllowed(client, q.Update(made, { data: { owner } }))) found.push('take notes of others');
    if (await isAllowed(client, q.Delete(made))) found.push('delete notes of others');
    if (await isAllowed(client, q.Paginate(q.Events(made)))) found.push('see the history of notes of others');
    // Whoever may make it again under its id sees what was in it.
    await keeper.query(q.Delete(made));
    if (await isAllowed(client, q.Create(made, { data: { owner, format: 1 } })))
      found.push('take the ids of deleted notes of others');
    return found;
  } finally {
    await keeper.query(q.If(q.Exists(made), q.Delete(made), null));
  }
};

/** What a token of `owner` may do and should not; empty when all is well. Leaves nothing. */
export const whatIsTooMuch = async (
  client: faunadb.Client,
  owner: string,
  keeper: faunadb.Client | null,
): Promise<string[]> => [...(await byToken(client, owner)), ...(keeper ? await byProbe(client, owner, keeper) : [])];
