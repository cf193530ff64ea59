/** Databases three deep, each with the same few things in it that say where they are. */
import faunadb from 'faunadb';
import { root, type Served } from './served.ts';

const q = faunadb.query;

export interface Key {
  secret: string;
  ref: object;
  hashed_secret: string;
}

export async function makeDatabases(fauna: Served): Promise<void> {
  const things = q.Collection('things');
  await fauna.must(q.CreateDatabase({ name: 'app' }), root);
  await fauna.must(q.CreateDatabase({ name: 'child' }), `${root}:app:admin`);
  await fauna.must(q.CreateDatabase({ name: 'grandchild' }), `${root}:app/child:admin`);
  for (const database of ['app', 'app/child', 'app/child/grandchild']) {
    const secret = `${root}:${database}:admin`;
    const privileges = { resource: things, actions: { read: true } };
    await fauna.must(q.CreateCollection({ name: 'things' }), secret);
    await fauna.must(q.CreateIndex({ name: 'all', source: things }), secret);
    await fauna.must(q.CreateFunction({ name: 'where', body: q.Query(q.Lambda('_', database)) }), secret);
    await fauna.must(q.CreateRole({ name: 'reader', privileges } as never), secret);
    await fauna.must(q.Create(q.Ref(things, '1'), { data: { at: database } }), secret);
  }
}
