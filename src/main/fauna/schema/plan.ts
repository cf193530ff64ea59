import faunadb from 'faunadb';
import { failure } from '../../../shared/failure.ts';
import type { Fetch } from '../../connection/fetch.ts';
import { createFaunaClient } from '../client.ts';
import {
  accessProvider,
  changesIndex,
  doctorRole,
  type GrantedRole,
  names,
  notesCollection,
  notesOwnerRole,
  notesReaderRole,
  ownersIndex,
} from './definition.ts';
import { indexStep } from './index-step.ts';
import { notesStep, retiredIndexStep } from './migrations.ts';
import { schemaStep } from './schema-step.ts';
import type { Finding, Step } from './step.ts';

const q = faunadb.query;

export interface FaunaPlanOptions {
  endpoint: string;
  /** An admin key: of the database that holds Burrow's, or of Burrow's own (then `database` is null). */
  adminKey: string;
  /** The child database; JWT login never works in the root, so Burrow lives in a child of its own. */
  database: string | null;
  fetch: Fetch;
  issuer: string;
  /** https only, as Fauna demands. */
  jwksUri: string;
  roles?: readonly GrantedRole[];
  told?: (message: string) => void;
}

const known = [notesOwnerRole, notesReaderRole];
export const DEFAULT_ROLES: readonly GrantedRole[] = [{ name: names.role }];

/** The clients of set-up: of the database above, and of Burrow's own. */
export const setUpClients = ({ endpoint, adminKey, database, fetch }: FaunaPlanOptions) => ({
  parent: database === null ? null : createFaunaClient({ endpoint, fetch, secret: adminKey }),
  child: createFaunaClient({
    endpoint,
    fetch,
    secret: database === null ? adminKey : `${adminKey}:${database}:admin`,
  }),
});
export type SetUpClients = ReturnType<typeof setUpClients>;

/** A database that is not there yet cannot be asked, not even by its admin: what would be in it is `fresh`. */
const inside =
  (parent: faunadb.Client | null, database: string | null) =>
  (step: Step, fresh: Finding = { state: 'missing' }): Step => {
    if (!parent || !database) return step;
    let there = false;
    return {
      ...step,
      look: async () => {
        there ||= await parent.query<boolean>(q.Exists(q.Database(database)));
        return there ? step.look() : fresh;
      },
      ...(step.undo
        ? {
            undo: {
              ...step.undo,
              run: async () =>
                (await parent.query<boolean>(q.Exists(q.Database(database)))) && !!(await step.undo?.run()),
            },
          }
        : {}),
    };
  };

/** A role that is not Burrow's must be there already: only its maker knows what it may do. */
const foreignRoleStep = (client: faunadb.Client, name: string): Step => ({
  id: `role:${name}`,
  what: `role ${name}`,
  look: async () => ((await client.query<boolean>(q.Exists(q.Role(name)))) ? { state: 'in-place' } : roleUnknown(name)),
  // Never reached: a blocked step is not applied.
  apply: async () => {},
});

const roleUnknown = (name: string): Finding => ({
  state: 'blocked',
  failure: failure(
    'role-unknown',
    `There is no role ${name} in the database, and Burrow does not know what it may do.`,
    `Make the role first, or use ${known.map((role) => role.name).join(' or ')}.`,
  ),
});

/** Everything the app needs in Fauna, in the order in which it can be made. Undone in the opposite order. */
export const faunaSteps = (options: FaunaPlanOptions, clients: SetUpClients): Step[] => {
  const { parent, child } = clients;
  const roles = options.roles ?? DEFAULT_ROLES;
  const within = inside(parent, options.database);
  const inPlace: Finding = { state: 'in-place' };
  const role = (wanted: { name: string }): Step =>
    schemaStep({
      id: `role:${wanted.name}`,
      what: `role ${wanted.name}`,
      client: child,
      ref: q.Role(wanted.name),
      wanted,
      create: q.CreateRole,
      undo: { losesData: false },
    });
  const provider = accessProvider({ issuer: options.issuer, jwksUri: options.jwksUri, roles });
  return [
    ...(parent && options.database
      ? [
          schemaStep({
            id: 'database',
            what: `database ${options.database}`,
            client: parent,
            ref: q.Database(options.database),
            wanted: { name: options.database },
            create: q.CreateDatabase,
            undo: { losesData: true },
          }),
        ]
      : []),
    within(notesStep(child, options.told ?? (() => {})), inPlace),
    within(
      schemaStep({
        id: 'collection',
        what: `collection ${names.collection}`,
        client: child,
        ref: q.Collection(names.collection),
        wanted: notesCollection,
        create: q.CreateCollection,
        undo: { losesData: true },
      }),
    ),
    // Before the roles, which ask them.
    within(indexStep(child, 'index', changesIndex)),
    within(indexStep(child, 'owners-index', ownersIndex)),
    ...[...new Set(roles.map(({ name }) => name))].map((name) => {
      const ours = known.find((one) => one.name === name);
      return ours ? within(role(ours)) : within(foreignRoleStep(child, name), roleUnknown(name));
    }),
    within(role(doctorRole)),
    within(
      schemaStep({
        id: 'access-provider',
        what: `access provider ${names.accessProvider}`,
        client: child,
        ref: q.AccessProvider(names.accessProvider),
        wanted: provider,
        create: q.CreateAccessProvider,
        undo: { losesData: false },
      }),
    ),
    within(retiredIndexStep(child), inPlace),
  ];
};

/** The audience that the access provider has been given; null before there is one. */
export const readAudience = ({ child }: SetUpClients): Promise<string | null> => {
  const ref = q.AccessProvider(names.accessProvider);
  return child.query(q.If(q.Exists(ref), q.Select('audience', q.Get(ref)), null));
};
