import { rmSync } from 'node:fs';
import { join } from 'node:path';
import faunadb from 'faunadb';
import { names, notesOwnerRole } from '../../../src/main/fauna/schema/definition.ts';
import { answerAt, type Fault, tokenIs, twist } from './faults.ts';
import { change, index, ownersIndex, provider, role } from './schema-change.ts';
import type { Servers } from './servers.ts';

const q = faunadb.query;

/** The role with other actions on notes, or on the index. */
const withRole = (notes: Record<string, unknown>, onIndex: Record<string, unknown> = {}) => {
  const [ofNotes, ofIndex] = notesOwnerRole.privileges;
  return change(() =>
    q.Update(role, {
      privileges: [
        { ...ofNotes, actions: { ...ofNotes?.actions, ...notes } },
        { ...ofIndex, actions: { ...ofIndex?.actions, ...onIndex } },
      ],
    }),
  );
};

/** A second role for every token. */
const alsoGranted =
  (privilege: object) =>
  async (servers: Servers): Promise<undefined> => {
    await servers.child.query(q.CreateRole({ name: 'helpers', privileges: [privilege] }));
    await servers.child.query(q.Update(provider, { roles: [role, q.Role('helpers')] }));
  };

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Faults of what the token may do, and of how it is answered. */
export const accessFaults: Fault[] = [
  {
    name: 'a proxy answers with somebody else’s token',
    link: 'identity',
    code: 'identity-other',
    says: /Clerk says user_\w+, Fauna says user_eve\./,
    plant: (servers) => {
      servers.twist.clerk = tokenIs(async () => {
        const aud = await servers.child.query<string>(q.Select('audience', q.Get(provider)));
        const now = Math.floor(Date.now() / 1000);
        return servers.mint({ iss: servers.issuer, sub: 'user_eve', aud, iat: now, nbf: now - 5, exp: now + 600 });
      });
      return undefined;
    },
  },
  {
    name: 'the token has no subject',
    link: 'identity',
    code: 'identity-missing',
    says: 'Fauna does not know whom the token stands for.',
    plant: (servers) => {
      servers.twist.clerk = tokenIs(async () => {
        const aud = await servers.child.query<string>(q.Select('audience', q.Get(provider)));
        const now = Math.floor(Date.now() / 1000);
        return servers.mint({ iss: servers.issuer, aud, iat: now, nbf: now - 5, exp: now + 600 });
      });
      return undefined;
    },
  },
  {
    name: 'the index was deleted',
    link: 'index',
    code: 'index-missing',
    says: 'The index notes_by_owner_changed does not exist.',
    plant: change(() => q.Delete(index)),
  },
  {
    name: 'the index of owners was deleted',
    link: 'index',
    code: 'index-missing',
    says: 'The index notes_owners does not exist.',
    plant: change(() => q.Delete(ownersIndex)),
  },
  {
    name: 'the index of owners was deleted, and there is no key to see it with',
    link: 'role-enough',
    code: 'role-too-little',
    says: 'or the index notes_owners that the role asks is missing',
    plant: async (servers) => {
      await servers.child.query(q.Delete(ownersIndex));
      rmSync(join(servers.folder, '.env.burrow'));
      return { env: { FAUNA_KEY: ' ' } };
    },
  },
  {
    name: 'the index of owners does not hold owners',
    link: 'index',
    code: 'index-other',
    says: 'The index notes_owners holds something else than Burrow needs.',
    plant: async (servers) => {
      await servers.child.query(q.Update(ownersIndex, { name: 'aside' }));
      await servers.child.query(
        q.CreateIndex({ name: names.ownersIndex, source: q.Collection('notes'), terms: [{ field: ['ref'] }] }),
      );
      return undefined;
    },
  },
  {
    name: 'the index is being built',
    link: 'index',
    code: 'index-building',
    says: 'is still being built',
    // The embedded Fauna builds at once, so the answer is changed on its way.
    plant: twist('fauna', async (request, real) => {
      const answer = await real(request);
      const { status, headers } = answer;
      headers.delete('content-length');
      return new URL(request.url).pathname === '/'
        ? new Response((await answer.text()).replace('"active":true', '"active":false'), { status, headers })
        : answer;
    }),
  },
  {
    name: 'the index has other terms',
    link: 'index',
    code: 'index-other',
    says: 'holds something else than Burrow needs',
    plant: async (servers) => {
      await servers.child.query(q.Update(index, { name: 'aside' }));
      await servers.child.query(
        q.CreateIndex({
          name: names.changesIndex,
          source: q.Collection('notes'),
          terms: [{ field: ['data', 'title'] }],
        }),
      );
      return undefined;
    },
  },
  {
    name: 'the role may not read the index',
    link: 'index',
    code: 'index-denied',
    says: 'The role may not read the index',
    plant: withRole({}, { read: false }),
  },
  {
    name: 'the role may not create notes',
    link: 'role-enough',
    code: 'role-too-little',
    says: 'does not let you create notes of your own',
    plant: withRole({ create: false, create_with_id: false }),
  },
  {
    name: 'the role may not change notes',
    link: 'role-enough',
    code: 'role-too-little',
    says: 'does not let you change notes of your own',
    plant: withRole({ write: false }),
  },
  {
    name: 'the role may not delete notes',
    link: 'role-enough',
    code: 'role-too-little',
    says: 'does not let you delete notes of your own',
    plant: withRole({ delete: false }),
  },
  {
    name: 'the role may not see history',
    link: 'role-enough',
    code: 'role-too-little',
    says: 'see the history of notes of your own',
    plant: withRole({ history_read: false }),
  },
  {
    name: 'the role may read every note',
    link: 'role-not-too-much',
    code: 'role-too-much',
    says: 'read notes of others',
    plant: withRole({ read: true }),
  },
  {
    name: 'the role may change every note',
    link: 'role-not-too-much',
    code: 'role-too-much',
    says: 'change notes of others, take notes of others',
    plant: withRole({ write: true }),
  },
  {
    name: 'the role checks only the new owner',
    link: 'role-not-too-much',
    code: 'role-too-much',
    says: /lets you take notes of others:/,
    plant: withRole({
      write: q.Query(
        q.Lambda(['old', 'new'], q.Equals(q.CurrentIdentity(), q.Select(['data', 'owner'], q.Var('new')))),
      ),
    }),
  },
  {
    name: 'the role lets notes be given away',
    link: 'role-not-too-much',
    code: 'role-too-much',
    says: 'give notes to others',
    plant: withRole({
      write: q.Query(
        q.Lambda(['old', 'new'], q.Equals(q.CurrentIdentity(), q.Select(['data', 'owner'], q.Var('old')))),
      ),
    }),
  },
  {
    name: 'the role may write in the name of others',
    link: 'role-not-too-much',
    code: 'role-too-much',
    says: 'write notes in the name of others',
    plant: withRole({ create: true, create_with_id: true }),
  },
  {
    name: 'the role may delete every note',
    link: 'role-not-too-much',
    code: 'role-too-much',
    says: 'delete notes of others',
    plant: withRole({ delete: true }),
  },
  {
    name: 'the role may see every history',
    link: 'role-not-too-much',
    code: 'role-too-much',
    says: 'see the history of notes of others',
    plant: withRole({ history_read: true }),
  },
  {
    name: 'the role is of schema 1: it gives away the ids of deleted notes',
    link: 'role-not-too-much',
    code: 'role-too-much',
    says: /lets you take the ids of deleted notes of others:/,
    plant: withRole({
      create_with_id: q.Query(
        q.Lambda(['new', 'ref'], q.Equals(q.CurrentIdentity(), q.Select(['data', 'owner'], q.Var('new')))),
      ),
    }),
  },
  {
    name: 'the role may ask the index for others',
    link: 'role-not-too-much',
    code: 'role-too-much',
    says: 'ask the index for the changes of others',
    plant: withRole({}, { read: true }),
  },
  {
    name: 'a second role may make collections',
    link: 'role-not-too-much',
    code: 'role-too-much',
    says: 'change the schema',
    plant: alsoGranted({ resource: q.Collections(), actions: { create: true, read: true } }),
  },
  {
    name: 'a second role may make keys',
    link: 'role-not-too-much',
    code: 'role-too-much',
    says: 'make keys',
    plant: alsoGranted({ resource: q.Keys(), actions: { create: true, read: true } }),
  },
  {
    name: 'the endpoint has no streams',
    link: 'stream',
    code: 'stream-refused',
    says: 'Fauna opens no stream',
    plant: twist(
      'fauna',
      answerAt('/stream', () =>
        Response.json({ errors: [{ code: 'not found', description: 'Not Found' }] }, { status: 404 }),
      ),
    ),
  },
  {
    name: 'a proxy holds streams back',
    link: 'stream',
    code: 'stream-silent',
    says: 'nothing comes',
    plant: twist(
      'fauna',
      answerAt('/stream', () => new Response(new ReadableStream({}))),
    ),
  },
  {
    name: 'Fauna is slow',
    link: 'latency',
    code: 'fauna-slow',
    says: /Fauna takes 1\d\d\d ms/,
    plant: twist('fauna', async (request, real) => {
      const body = await request.clone().text();
      if (body === '{"now":null}' && !request.headers.get('authorization')?.includes('nobody')) await wait(1100);
      return real(request);
    }),
  },
];
