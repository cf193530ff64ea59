import faunadb from 'faunadb';

const q = faunadb.query;

/** What a team's database holds for Burrow. Raise the version with every change; set-up then updates what is there. */
export const SCHEMA_VERSION = 1;

export const names = {
  database: 'burrow',
  collection: 'notes',
  changesIndex: 'notes_by_owner_changed',
  role: 'notes_owner',
  accessProvider: 'clerk',
} as const;

const marked = { data: { burrow: SCHEMA_VERSION } };

export const notesCollection = { name: names.collection, history_days: 30, ...marked };

/** Everything of one owner in the order of change: pull reads on from where it left off (docs/sync.md). */
export const changesIndex = {
  name: names.changesIndex,
  source: q.Collection(names.collection),
  terms: [{ field: ['data', 'owner'] }],
  values: [{ field: ['ts'] }, { field: ['ref'] }],
  serialized: true,
  ...marked,
};

const ownerOf = (document: faunadb.Expr) => q.Select(['data', 'owner'], document);
const owns = (document: faunadb.Expr) => q.Equals(q.CurrentIdentity(), ownerOf(document));

/**
 * A token may create, read, write, delete and see the history of its own notes, and nothing else.
 * The owner is the token's `sub`; a write must leave the owner as it was, so old and new are both checked.
 */
export const notesOwnerRole = {
  name: names.role,
  privileges: [
    {
      resource: q.Collection(names.collection),
      actions: {
        create: q.Query(q.Lambda('new', owns(q.Var('new')))),
        create_with_id: q.Query(q.Lambda(['new', 'ref'], owns(q.Var('new')))),
        read: q.Query(q.Lambda('ref', owns(q.Get(q.Var('ref'))))),
        write: q.Query(q.Lambda(['old', 'new'], q.And(owns(q.Var('old')), owns(q.Var('new'))))),
        delete: q.Query(q.Lambda('ref', owns(q.Get(q.Var('ref'))))),
        history_read: q.Query(q.Lambda('ref', owns(q.Get(q.Var('ref'))))),
      },
    },
    {
      resource: q.Index(names.changesIndex),
      actions: {
        read: q.Query(q.Lambda('terms', q.Equals(q.CurrentIdentity(), q.Select(0, q.Var('terms'))))),
      },
    },
  ],
  ...marked,
};

export const accessProvider = (clerk: { issuer: string; jwksUri: string }) => ({
  name: names.accessProvider,
  issuer: clerk.issuer,
  jwks_uri: clerk.jwksUri,
  roles: [q.Role(names.role)],
  ...marked,
});
