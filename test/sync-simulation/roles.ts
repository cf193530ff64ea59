import faunadb from 'faunadb';
import { names, notesOwnerRole } from '../../src/main/fauna/schema/definition.ts';

const q = faunadb.query;

/** What a team may do to its role, by mistake or on purpose, for a while. */
export const roles = ['right', 'looks only', 'makes nothing', 'sees nothing', 'hides some'] as const;
export type RoleName = (typeof roles)[number];

const [notes, index, ...others] = notesOwnerRole.privileges;
/** Half of the documents: those whose id is even. */
const shown = q.Query(q.Lambda('ref', q.Equals(0, q.Modulo(q.ToInteger(q.Select(['id'], q.Var('ref'))), 2))));

const changes: Record<RoleName, object> = {
  right: {},
  'looks only': { create: false, create_with_id: false, write: false },
  'makes nothing': { create: false, create_with_id: false },
  'sees nothing': {},
  'hides some': { read: shown },
};

export const changeRole = (role: RoleName) =>
  q.Update(q.Role(names.role), {
    privileges: [
      { ...notes, actions: { ...notes?.actions, ...changes[role] } },
      role === 'sees nothing' ? { ...index, actions: { read: false } } : index,
      ...others,
    ],
  });
