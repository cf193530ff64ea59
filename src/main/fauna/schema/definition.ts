import faunadb from 'faunadb';

const q = faunadb.query;

/** What a team's database holds for Burrow. Raise the version with every change; set-up then updates what is there. */
export const SCHEMA_VERSION = 2;

export const names = {
  database: 'burrow',
  collection: 'notes',
  changesIndex: 'notes_by_owner_changed',
  ownersIndex: 'notes_owners',
  role: 'notes_owner',
  readerRole: 'notes_reader',
  doctorRole: 'burrow_doctor',
  accessProvider: 'clerk',
} as const;

/** Owner of the notes that the doctor plants to see that nobody else can read them. No Clerk user has such an id. */
export const PROBE_OWNER = 'burrow:probe';

export const notesCollection = { name: names.collection, history_days: 30 };

/** Everything of one owner in the order of change: pull reads on from where it left off (docs/sync.md). */
export const changesIndex = {
  name: names.changesIndex,
  source: q.Collection(names.collection),
  terms: [{ field: ['data', 'owner'] }],
  values: [{ field: ['ts'] }, { field: ['ref'] }],
  serialized: true,
};

/**
 * Whose a note is and has been: the events of `Match(index, ref)` are those of its owner, and a change of anything else
 * makes none. A document without an owner is in it too, by its ref: Fauna leaves out values that are all null
 * (Indexer.scala:148-157).
 */
export const ownersIndex = {
  name: names.ownersIndex,
  source: q.Collection(names.collection),
  terms: [{ field: ['ref'] }],
  values: [{ field: ['data', 'owner'] }, { field: ['ref'] }],
  serialized: true,
};

/** The largest page there is (ReadAdaptor.scala). */
const ALL = 100_000;

const ownerOf = (document: faunadb.Expr) => q.Select(['data', 'owner'], document);
const owns = (document: faunadb.Expr) => q.Equals(q.CurrentIdentity(), ownerOf(document));

/**
 * Nobody else's document ever had this ref, as far back as `history_days`: who makes a document gets to see the history
 * under its id (`history_read` and `Get` at a time ask for the owner of now), also what was there before a `Delete`.
 * A predicate sees all events of an index: it runs with `unrestricted_read` (Permissions.scala:175-203, IndexSet.scala:245-254),
 * whereas a document's own need `history_read`, which it has not (DocSet.scala:39). Both histories end at the same time
 * (SetHistory.scala:89-94), and an index is built with the history of what is there and of what was deleted
 * (WriteAdaptor.scala:855-917, Reindex.scala). Without the index nothing may be made: a predicate that fails is a no.
 */
const neverAnothers = (ref: faunadb.Expr) =>
  q.All(
    q.Map(
      q.Select('data', q.Paginate(q.Events(q.Match(q.Index(names.ownersIndex), ref)), { size: ALL })),
      q.Lambda('event', q.Equals(q.CurrentIdentity(), q.Select(['data', 0], q.Var('event')))),
    ),
  );

/**
 * A token may create, read, write, delete and see the history of its own notes, and nothing else.
 * The owner is the token's `sub`; a write must leave the owner as it was, so old and new are both checked.
 * An id that was another owner's is not to be had; one's own may be made again after it was deleted.
 */
export const notesOwnerRole = {
  name: names.role,
  privileges: [
    {
      resource: q.Collection(names.collection),
      actions: {
        create: q.Query(q.Lambda('new', owns(q.Var('new')))),
        create_with_id: q.Query(q.Lambda(['new', 'ref'], q.And(owns(q.Var('new')), neverAnothers(q.Var('ref'))))),
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
};

const [ownNotes, ownChanges] = notesOwnerRole.privileges;

/** For a second role of the provider, such as an account that is only allowed to look. */
export const notesReaderRole = {
  name: names.readerRole,
  privileges: [
    {
      resource: q.Collection(names.collection),
      actions: { read: ownNotes?.actions.read, history_read: ownNotes?.actions.history_read },
    },
    ownChanges,
  ],
};

const isProbe = (document: faunadb.Expr) => q.Equals(PROBE_OWNER, ownerOf(document));

/**
 * What `npm run doctor` may do with a key of its own: read the schema, and plant, find and remove probes.
 * No note of a person can be read with it.
 */
export const doctorRole = {
  name: names.doctorRole,
  privileges: [
    ...[q.AccessProviders(), q.Collections(), q.Indexes(), q.Roles()].map((resource) => ({
      resource,
      actions: { read: true },
    })),
    {
      resource: q.Collection(names.collection),
      actions: {
        create: q.Query(q.Lambda('new', isProbe(q.Var('new')))),
        read: q.Query(q.Lambda('ref', isProbe(q.Get(q.Var('ref'))))),
        delete: q.Query(q.Lambda('ref', isProbe(q.Get(q.Var('ref'))))),
      },
    },
  ],
};

/** A role that tokens get: always, or only where a claim of the token has a value. */
export interface GrantedRole {
  name: string;
  when?: { claim: string; equals: string | number | boolean } | undefined;
}

const granted = ({ name, when }: GrantedRole) =>
  when
    ? {
        role: q.Role(name),
        predicate: q.Query(q.Lambda('token', q.Equals(q.Select([when.claim], q.Var('token'), null), when.equals))),
      }
    : q.Role(name);

export const accessProvider = (options: { issuer: string; jwksUri: string; roles: readonly GrantedRole[] }) => ({
  name: names.accessProvider,
  issuer: options.issuer,
  jwks_uri: options.jwksUri,
  roles: options.roles.map(granted),
});
