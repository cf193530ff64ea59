/** A collection of users with passwords, for those who log in. */
import type faunadb from 'faunadb';
import { admin, type LoginFauna, q } from './fixture.ts';

export const users = q.Collection('users');

export async function makeUsers({ must }: LoginFauna): Promise<void> {
  await must(q.CreateCollection({ name: 'users' }), admin);
  await must(
    q.CreateIndex({ name: 'by_name', source: users, terms: [{ field: ['data', 'name'] }], unique: true }),
    admin,
  );
}

/** The users are named after their ids. */
export const makeUserIn =
  ({ must, fresh }: LoginFauna) =>
  async (password?: string): Promise<faunadb.Expr> => {
    const id = fresh();
    const credentials = password === undefined ? {} : { credentials: { password } };
    await must(q.Create(q.Ref(users, id), { data: { name: id }, ...credentials }), admin);
    return q.Ref(users, id);
  };

export const idOf = (user: faunadb.Expr): string => (JSON.parse(JSON.stringify(user)) as { id: string }).id;
export const byName = (user: faunadb.Expr) => q.Match(q.Index('by_name'), idOf(user));
