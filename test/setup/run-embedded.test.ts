import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import faunadb from 'faunadb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toDriverFetch } from '../../src/main/fauna/client.ts';

const q = faunadb.query;
const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'burrow-embedded-'));

interface Ready {
  fauna: { endpoint: string; rootKey: string };
  clerk: { publishableKey: string; frontendApi: string; issuer: string; jwksUri: string };
}

const start = async (): Promise<{ child: ChildProcess; ready: Ready }> => {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(root, 'src/setup/run-embedded.ts'),
      '--data',
      join(folder, 'data'),
      '--fauna-port',
      '0',
      '--clerk-port',
      '0',
      '--root-key',
      'secret',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream }))
    return { child, ready: JSON.parse(line) };
  throw new Error('the embedded stack ended before it was ready');
};
const stop = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });

let child: ChildProcess;
let ready: Ready;
beforeAll(async () => {
  ({ child, ready } = await start());
}, 60_000);
afterAll(async () => {
  await stop(child);
  rmSync(folder, { recursive: true, force: true });
});

/** The driver over cleartext HTTP/2, or by its `fetch` option. */
const transports = ['HTTP/2', 'fetch'] as const;
const clientOf = (secret: string, transport: (typeof transports)[number]): faunadb.Client => {
  const url = new URL(ready.fauna.endpoint);
  return new faunadb.Client({
    secret,
    domain: url.hostname,
    port: Number(url.port),
    scheme: 'http',
    ...(transport === 'fetch' ? { fetch: toDriverFetch((...args) => fetch(...args)) as unknown as typeof fetch } : {}),
  });
};

/** Signs up as a native client of the Frontend API and gives the JWT for Fauna. */
const signUp = async (email: string): Promise<{ userId: string; jwt: string }> => {
  let token = '';
  const post = async (path: string, body: Record<string, string> = {}) => {
    const response = await fetch(`${ready.clerk.frontendApi}/v1${path}?_is_native=1`, {
      method: 'POST',
      headers: { ...(token ? { authorization: token } : {}), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(body),
    });
    token = response.headers.get('authorization') ?? token;
    return response.json();
  };
  const { response } = await post('/client/sign_ups', { email_address: email, password: 'correct horse battery' });
  const { jwt } = await post(`/client/sessions/${response.created_session_id}/tokens/fauna`);
  return { userId: response.created_user_id, jwt };
};

test('says in one line where both services are', () => {
  expect(ready.fauna).toMatchObject({
    endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    rootKey: 'secret',
  });
  expect(ready.clerk).toMatchObject({
    publishableKey: expect.stringMatching(/^pk_test_/),
    frontendApi: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    issuer: 'https://clerk.burrow.internal',
    jwksUri: 'https://clerk.burrow.internal/.well-known/jwks.json',
  });
});

test.each(transports)('the driver works with the root key over %s', async (transport) => {
  const client = clientOf('secret', transport);
  expect(await client.query(q.Add(1, 2))).toBe(3);
  expect(await client.query(q.Exists(q.Database('burrow')))).toBe(true);
  await client.close();
});

test.each(transports)('the driver works with a JWT of Clerk over %s', async (transport) => {
  const { userId, jwt } = await signUp(`jwt-${transport.replace('/', '')}@example.com`);
  const client = clientOf(jwt, transport);
  expect(await client.query(q.CurrentIdentity())).toBe(userId);
  await client.close();
});

test('who is not the owner reads, lists, changes and deletes nothing', async () => {
  const [owner, other] = [await signUp('owner@example.com'), await signUp('other@example.com')];
  const [mine, theirs] = [clientOf(owner.jwt, 'HTTP/2'), clientOf(other.jwt, 'HTTP/2')];
  const ref = q.Ref(q.Collection('notes'), '7');
  const listed = (userId: string) => q.Select('data', q.Paginate(q.Match(q.Index('notes_by_owner_changed'), userId)));
  await mine.query(q.Create(ref, { data: { owner: owner.userId, title: 'mine' } }));

  for (const attempt of [
    q.Get(ref),
    listed(owner.userId),
    q.Update(ref, { data: { title: 'stolen' } }),
    q.Update(ref, { data: { owner: other.userId } }),
    q.Replace(ref, { data: { owner: other.userId } }),
    q.Delete(ref),
    q.Create(q.Collection('notes'), { data: { owner: owner.userId, title: 'planted' } }),
    q.Paginate(q.Events(ref)),
  ])
    await expect(theirs.query(attempt)).rejects.toMatchObject({ requestResult: { statusCode: 403 } });
  expect(await theirs.query(q.Exists(ref))).toBe(false);
  expect(await theirs.query(q.Select('data', q.Paginate(q.Documents(q.Collection('notes')))))).toEqual([]);
  expect(await theirs.query(listed(other.userId))).toEqual([]);

  await expect(mine.query(q.Update(ref, { data: { owner: other.userId } }))).rejects.toMatchObject({
    requestResult: { statusCode: 403 },
  });
  expect(await mine.query(q.Select(['data', 'title'], q.Get(ref)))).toBe('mine');
  await Promise.all([mine.close(), theirs.close()]);
});

test('SIGTERM ends it, and the data stay', async () => {
  const client = clientOf('secret', 'HTTP/2');
  await client.query(q.CreateCollection({ name: 'kept' }));
  await client.close();
  expect(await stop(child)).toBe(0);
  ({ child, ready } = await start());
  const again = clientOf('secret', 'HTTP/2');
  expect(await again.query(q.Exists(q.Collection('kept')))).toBe(true);
  await again.close();
});

test.skipIf(process.platform === 'win32')('what it keeps is for its owner alone', () => {
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
});

test.each([
  [['--data', join(folder, 'x'), '--fauna-port', 'eighty'], /--fauna-port must be a port number/],
  [['--data', join(root, 'package.json')], /EEXIST: file already exists/],
  [[], /--data DIR/],
])('bad arguments %j are said in words', async (args, sentence) => {
  const bad = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    join(root, 'src/setup/run-embedded.ts'),
    ...args,
  ]);
  let said = '';
  bad.stderr.on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve) => bad.once('exit', resolve));
  expect(code).toBe(1);
  expect(said).toMatch(sentence);
});
