import { describe, expect, it } from 'vitest';
import { failed } from './expectations.ts';
import { loginFauna, q, root } from './fixture.ts';
import { accepted, claims, makeIssuers, now, refused, refusedHeaders, signed, without } from './jwt-cases.ts';

const fauna = loginFauna(makeIssuers);

const unauthorized = { errors: [{ code: 'unauthorized', description: 'Unauthorized' }] };

describe('login by JWT', () => {
  it.each(Object.entries(accepted))('accepts %s', async (_, token) => {
    expect(await fauna.send(1, `Bearer ${token()}`)).toMatchObject({ status: 200, body: { resource: 1 } });
  });

  it.each([
    ...Object.entries(refused).map(([name, token]) => [name, () => `Bearer ${token()}`] as const),
    ...Object.entries(refusedHeaders),
  ])('refuses %s', async (_, authorization) => {
    for (const [method, path] of [
      ['POST', '/'],
      ['POST', '/stream'],
      ['POST', '/linearized'],
      ['GET', '/authorized'],
      ['GET', '/collections'],
    ] as const) {
      const request = new Request(`http://fauna.internal${path}`, {
        method,
        headers: { 'x-faunadb-api-version': '4', authorization: authorization() },
        body: method === 'POST' ? '1' : null,
      });
      const response = await fauna.handle(request);
      expect({ path, status: response.status, body: await response.json() }).toEqual({
        path,
        status: 401,
        body: unauthorized,
      });
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="Unauthorized"');
    }
  });

  it.each(Object.entries(refused))('is not what KeyFromSecret knows, either, with %s', async (_, token) => {
    const asked = token();
    expect(await fauna.failure(q.KeyFromSecret(asked), root)).toEqual(
      failed('instance not found', `No key found for secret ${asked}.`),
    );
  });

  it('takes any white space between Bearer and the token', async () => {
    expect((await fauna.send(1, `Bearer  \t ${signed()}`)).status).toBe(200);
  });

  it('ends at exp and begins after nbf, to the millisecond', async () => {
    const [ending, beginning] = [signed({ exp: now + 100 }), signed({ nbf: now + 100 })];
    const at = async (milliseconds: number) => {
      fauna.freeze(milliseconds);
      return [(await fauna.send(1, `Bearer ${ending}`)).status, (await fauna.send(1, `Bearer ${beginning}`)).status];
    };
    expect(await at((now + 100) * 1000 - 1)).toEqual([200, 401]);
    expect(await at((now + 100) * 1000)).toEqual([401, 401]);
    expect(await at((now + 100) * 1000 + 1)).toEqual([401, 200]);
    fauna.freeze(undefined);
  });

  it('tells who it is by the claims alone', async () => {
    const asAnn = signed({ extra: { list: [1, 2.5, null, true] } });
    expect((await fauna.query(q.CurrentIdentity(), asAnn)).body.resource).toBe('ann');
    expect((await fauna.query(q.HasCurrentIdentity(), asAnn)).body.resource).toBe(true);
    expect((await fauna.query(q.CurrentToken(), asAnn)).body.resource).toEqual({
      ...claims,
      extra: { list: [1, 2.5, null, true] },
    });
    expect((await fauna.query(q.HasCurrentToken(), asAnn)).body.resource).toBe(true);
  });

  it('takes the sub for the identity, whatever it is', async () => {
    for (const sub of [7, { a: [1] }, false, null]) {
      expect(await fauna.must([q.CurrentIdentity(), q.HasCurrentIdentity()] as never, signed({ sub }))).toEqual([
        sub,
        true,
      ]);
    }
  });

  it('has no identity without sub', async () => {
    const nobody = without('sub');
    expect(await fauna.failure(q.CurrentIdentity(), nobody)).toEqual(
      failed('missing identity', 'Authentication does not contain an identity'),
    );
    expect((await fauna.query(q.HasCurrentIdentity(), nobody)).body.resource).toBe(false);
    expect((await fauna.query(q.HasCurrentToken(), nobody)).body.resource).toBe(true);
  });

  it('never asks an address that only the token names', () => {
    expect(fauna.host.requests.filter(({ url }) => url.includes('evil'))).toEqual([]);
  });
});
