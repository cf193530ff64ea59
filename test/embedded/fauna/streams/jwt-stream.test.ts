/** A stream through the fetch-shaped door, opened with a JWT that ends while it is open. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { q } from '../fixture.ts';
import { jwks, root, type Served, serveFauna } from '../security/served.ts';
import { jwkOf, jwt, rsa, rsaKey } from '../security/tokens.ts';

const ISSUER = 'https://issuer.test';
const key = rsaKey('one');
let served: Served;
let secret: string;
let audience: string;

beforeAll(async () => {
  served = serveFauna();
  served.host.documents.set(`${ISSUER}/jwks`, () => jwks(jwkOf(key)));
  await served.must(q.CreateDatabase({ name: 'child' }), root);
  ({ secret } = await served.must<{ secret: string }>(
    q.CreateKey({ role: 'admin', database: q.Database('child') }),
    root,
  ));
  await served.must(q.CreateCollection({ name: 'notes' }), secret);
  await served.must(
    q.CreateRole({ name: 'reader', privileges: [{ resource: q.Collection('notes'), actions: { read: true } }] }),
    secret,
  );
  ({ audience } = await served.must<{ audience: string }>(
    q.CreateAccessProvider({ name: 'issuer', issuer: ISSUER, jwks_uri: `${ISSUER}/jwks`, roles: [q.Role('reader')] }),
    secret,
  ));
});
afterAll(() => served.close());

/** As on the wire: the answered ref is one already. */
const update = (ref: unknown, n: number) =>
  served.must<{ ts: number }>({ update: ref, params: { object: { data: { object: { n } } } } } as never, secret);

async function open(expression: unknown, seconds: number, signal?: AbortSignal) {
  const exp = Math.floor(Date.now() / 1000) + seconds;
  const token = jwt({ alg: 'RS256', kid: key.kid }, { iss: ISSUER, aud: audience, sub: 'someone', exp }, rsa(key));
  const response = await served.handle(
    new Request('http://fauna.internal/stream', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'x-faunadb-api-version': '4' },
      body: JSON.stringify(expression),
      ...(signal ? { signal } : {}),
    }),
  );
  expect(response.status).toBe(200);
  const reader = response.body?.getReader();
  return async (): Promise<unknown> => {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    return done ? undefined : JSON.parse(Buffer.from(value ?? []).toString());
  };
}

it('tells events until the first after the end of the JWT', async () => {
  const { ref } = await served.must<{ ref: unknown }>(q.Create(q.Collection('notes'), { data: { n: 0 } }), secret);
  const next = await open(ref, 60);
  expect(await next()).toMatchObject({ type: 'start' });
  await update(ref, 1);
  expect(await next()).toMatchObject({ type: 'version', event: { document: { data: { n: 1 } } } });
  served.advance(61_000);
  const { ts } = await update(ref, 2);
  expect(await next()).toEqual({
    type: 'error',
    txn: ts,
    event: { code: 'permission denied', description: 'Authorization lost during stream evaluation.' },
  });
  expect(await next()).toBeUndefined();
});

it('ends when its client aborts', async () => {
  const { ref } = await served.must<{ ref: unknown }>(q.Create(q.Collection('notes'), { data: { n: 0 } }), secret);
  const client = new AbortController();
  const next = await open(ref, 600, client.signal);
  expect(await next()).toMatchObject({ type: 'start' });
  client.abort();
  expect(await next()).toBeUndefined();
});
