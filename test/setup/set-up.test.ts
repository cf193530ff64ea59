import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createClerkClient } from '@clerk/backend';
import faunadb from 'faunadb';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFaunaClient } from '../../src/main/fauna/client.ts';
import { connectionFile } from '../../src/shared/connection/configuration.ts';
import { endState } from './support/end-state.ts';
import { connectionFileOf, runSetUp } from './support/run-set-up.ts';
import { SECRET_KEY, type Servers, startServers } from './support/servers.ts';

const q = faunadb.query;
let servers: Servers;
beforeEach(async () => {
  servers = await startServers();
});
afterEach(() => servers.close());

const clerkClient = () => createClerkClient({ secretKey: SECRET_KEY, apiUrl: servers.frontendApi });
const keyFile = () => readFileSync(join(servers.folder, '.env.burrow'), 'utf8');

it('sets empty servers up, proves it by a real token, and has nothing to do the second time', async () => {
  const first = await runSetUp(servers);
  expect(first).toMatchObject({ ok: true, result: 'set-up', failure: null, proof: { ok: true, by: 'test-user' } });
  expect(first.proof?.fauna).toBe(first.proof?.clerk);
  expect(first.steps.filter(({ outcome }) => outcome === 'made').map(({ id }) => id)).toEqual([
    'database',
    'collection',
    'index',
    'owners-index',
    'role:notes_owner',
    'role:burrow_doctor',
    'access-provider',
    'keys',
    'jwt-template',
    'redirect-url',
    'connection-file',
  ]);
  const after = await endState(servers);
  const second = await runSetUp(servers);
  expect(second).toMatchObject({ ok: true, result: 'nothing-to-do', questions: [], proof: { ok: true } });
  expect(second.lines).toContain('nothing to do');
  expect(await endState(servers)).toEqual(after);
});

it('leaves the test user of its proof nowhere', async () => {
  await runSetUp(servers);
  expect(await clerkClient().users.getCount()).toBe(0);
});

it('makes at Clerk what @clerk/backend then finds', async () => {
  await runSetUp(servers, { args: ['--claim', 'email={{user.primary_email_address}}', '--lifetime', '900'] });
  const provider = await servers.child.query<{ audience: string; issuer: string; jwks_uri: string }>(
    q.Get(q.AccessProvider('clerk')),
  );
  expect(provider.issuer).toBe('https://clerk.burrow.internal');
  expect(provider.jwks_uri).toBe('https://clerk.burrow.internal/.well-known/jwks.json');
  const { data } = await clerkClient().jwtTemplates.list();
  expect(data).toMatchObject([
    {
      name: 'fauna',
      lifetime: 900,
      claims: { aud: provider.audience, email: '{{user.primary_email_address}}' },
      customSigningKey: false,
    },
  ]);
  const redirects = await clerkClient().redirectUrls.getRedirectUrlList();
  expect(redirects.data.map(({ url }) => url)).toEqual(['burrow://app/sso-callback']);
});

it('writes a connection file that the app reads and that holds no secret', async () => {
  await runSetUp(servers);
  const text = readFileSync(connectionFileOf(servers), 'utf8');
  expect(connectionFile.parse(JSON.parse(text))).toEqual({
    clerk: { publishableKey: servers.publishableKey, frontendApi: servers.frontendApi, template: 'fauna' },
    fauna: { endpoint: servers.faunaEndpoint },
  });
  expect(text).not.toMatch(/sk_|fn[A-Za-z0-9_-]{20}|root-secret/);
});

it('makes keys that can do no more than their work, in a file that only this person reads', async () => {
  await runSetUp(servers);
  expect(statSync(join(servers.folder, '.env.burrow')).mode & 0o777).toBe(0o600);
  const secretOf = (name: string) => new RegExp(`^${name}=(.+)$`, 'm').exec(keyFile())?.[1] ?? '';
  const client = (secret: string) => createFaunaClient({ endpoint: servers.faunaEndpoint, secret, fetch });
  const setUpKey = client(secretOf('FAUNA_KEY'));
  expect(await setUpKey.query(q.Exists(q.Database('burrow')))).toBe(false);
  await expect(setUpKey.query(q.Exists(q.Collection('notes')))).resolves.toBe(true);

  const doctorKey = client(secretOf('FAUNA_DOCTOR_KEY'));
  await servers.child.query(q.Create(q.Ref(q.Collection('notes'), '7'), { data: { owner: 'user_ada', body: 'mine' } }));
  expect(await doctorKey.query(q.Select('issuer', q.Get(q.AccessProvider('clerk'))))).toBe(servers.issuer);
  expect(await doctorKey.query(q.Paginate(q.Documents(q.Collection('notes'))))).toEqual({ data: [] });
  await expect(doctorKey.query(q.Get(q.Ref(q.Collection('notes'), '7')))).rejects.toMatchObject({
    name: 'PermissionDenied',
  });
  await expect(doctorKey.query(q.Create(q.Collection('notes'), { data: { owner: 'user_ada' } }))).rejects.toMatchObject(
    { name: 'PermissionDenied' },
  );
});

it('goes on with its own key once the root key is gone', async () => {
  await runSetUp(servers);
  const [, own = ''] = /^FAUNA_KEY=(.+)$/m.exec(keyFile()) ?? [];
  const again = await runSetUp(servers, { env: { FAUNA_KEY: own } });
  expect(again).toMatchObject({ ok: true, result: 'nothing-to-do' });
  expect(await servers.root.query(q.Count(q.Databases()))).toBe(1);
});

it('shows the plan of a dry run and changes nothing', async () => {
  const before = await endState(servers);
  const report = await runSetUp(servers, { args: ['--dry-run'] });
  expect(report).toMatchObject({ ok: true, result: 'planned', proof: null, questions: [] });
  expect(report.lines).toContain('+ to make    access provider clerk');
  expect(await endState(servers)).toEqual(before);
  expect(existsSync(connectionFileOf(servers))).toBe(false);
});

it('changes nothing without a yes', async () => {
  const report = await runSetUp(servers, { answer: () => false });
  expect(report).toMatchObject({ ok: false, result: 'needs-a-yes', failure: { code: 'needs-a-yes' } });
  expect(await servers.root.query(q.Exists(q.Database('burrow')))).toBe(false);
});

it('gives several roles to the provider, by what the token says', async () => {
  const report = await runSetUp(servers, {
    args: [
      '--role',
      'notes_owner when plan=pro',
      '--role',
      'notes_reader when plan=free',
      '--claim',
      'plan={{user.public_metadata.plan}}',
    ],
  });
  // The test user has no plan, so no role: Fauna refuses the token, and that is what the roles ask for.
  expect(report.proof).toMatchObject({ ok: false, failure: { code: 'fauna-refused-token' } });

  const clientOf = async (plan: string) => {
    const user = await clerkClient().users.createUser({
      externalId: plan,
      skipPasswordRequirement: true,
      publicMetadata: { plan },
    });
    const session = await clerkClient().sessions.createSession({ userId: user.id });
    const { jwt } = await clerkClient().sessions.getToken(session.id, 'fauna');
    expect(decodeJwt(jwt)).toMatchObject({ plan });
    return {
      userId: user.id,
      client: createFaunaClient({ endpoint: servers.faunaEndpoint, secret: jwt, fetch }),
    };
  };
  const note = (owner: string) => q.Create(q.Collection('notes'), { data: { owner } });
  const pro = await clientOf('pro');
  await expect(pro.client.query(q.Select(['data', 'owner'], note(pro.userId)))).resolves.toBe(pro.userId);
  const free = await clientOf('free');
  await expect(free.client.query(note(free.userId))).rejects.toMatchObject({ name: 'PermissionDenied' });
  expect(await free.client.query(q.CurrentIdentity())).toBe(free.userId);
  expect(await free.client.query(q.Select('plan', q.CurrentToken()))).toBe('free');
});

it('refuses a role that nobody has made', async () => {
  const report = await runSetUp(servers, { args: ['--role', 'auditors'] });
  expect(report).toMatchObject({ ok: false, result: 'failed', failure: { code: 'role-unknown' } });
  expect(report.failure?.message).toContain('There is no role auditors in the database');
  expect(await servers.root.query(q.Exists(q.Database('burrow')))).toBe(false);
});

it('says who may sign in once where Clerk opens no test session, and proves it by a ticket', async () => {
  await clerkClient().users.createUser({ emailAddress: ['ada@example.com'], skipPasswordRequirement: true });
  servers.twist.clerk = async (request, real) =>
    request.method === 'POST' && new URL(request.url).pathname === '/v1/sessions'
      ? Response.json({ errors: [{ code: 'operation_not_allowed', message: 'production' }] }, { status: 403 })
      : real(request);
  const unproved = await runSetUp(servers);
  expect(unproved).toMatchObject({ ok: true, result: 'set-up', proof: null });
  expect(unproved.lines.at(-1)).toContain('not proved: start Burrow, sign in');
  const proved = await runSetUp(servers, { args: ['--sign-in-as', 'ada@example.com'] });
  expect(proved.proof).toMatchObject({ ok: true, by: 'sign-in' });
  expect(await clerkClient().users.getCount()).toBe(1);
});
