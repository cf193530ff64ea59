/** Databases three deep, each with the same few things in it that say where they are. */
import { type LoginFauna, lambda, q, root, thing, things } from './fixture.ts';

export async function makeDatabases({ must }: LoginFauna): Promise<void> {
  await must(q.CreateDatabase({ name: 'child' }), `${root}:app:admin`);
  await must(q.CreateDatabase({ name: 'grandchild' }), `${root}:app/child:admin`);
  for (const database of ['app', 'app/child', 'app/child/grandchild']) {
    const secret = `${root}:${database}:admin`;
    const privileges = { resource: things, actions: { read: true } };
    if (database !== 'app') await must(q.CreateCollection({ name: 'things' }), secret);
    await must(q.CreateIndex({ name: 'all', source: things }), secret);
    await must(q.CreateFunction({ name: 'where', body: lambda('_', database) }), secret);
    await must(q.CreateRole({ name: 'reader', privileges } as never), secret);
    await must(q.Create(thing('1'), { data: { at: database } }), secret);
  }
}

/** The path of the database a login is in, for who may read there. */
export const at = q.Select(['data', 'at'], q.Get(thing('1')));

/** Roles that let their holders read things and make some. */
export async function makeReaderAndMaker({ must }: LoginFauna): Promise<void> {
  const role = (name: string, allowed: object) =>
    must(q.CreateRole({ name, privileges: { resource: things, actions: allowed } } as never), `${root}:app:admin`);
  await role('nothing', {});
  await role('reader', { read: true });
  await role('maker', { create: true });
}
