import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf, q, startFauna } from './fixture.ts';

type Fauna = Awaited<ReturnType<typeof startFauna>>;
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwks = { keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'one' }] };

describe('the embedded Fauna, through the real driver', () => {
  let fauna: Fauna;
  beforeAll(async () => {
    fauna = await startFauna(async () => Response.json(jwks));
    await fauna.root.query(q.CreateCollection({ name: 'things', history_days: 30 }));
  });
  afterAll(() => fauna.close());

  it('evaluates let, if, arithmetic and objects', async () => {
    const value = await fauna.root.query(
      q.Let({ a: 1, b: q.Add(q.Var('a'), 2) }, { sum: q.Var('b'), same: q.If(q.Equals(q.Var('b'), 3), 'yes', 'no') }),
    );
    expect(value).toEqual({ sum: 3, same: 'yes' });
  });

  it('keeps 64-bit integers exact and tells 1 from 1.0', async () => {
    const body = '{"object":{"big":9007199254740993,"one":1,"float":1.0}}';
    const response = await fetch(`http://127.0.0.1:${fauna.port}/`, {
      method: 'POST',
      body,
      headers: { authorization: 'Bearer root-secret-for-tests', 'x-fauna-api-version': '4' },
    });
    expect(await response.text()).toBe('{"resource":{"big":9007199254740993,"one":1,"float":1.0}}');
  });

  it('answers every bad element of the first bad argument with its position', async () => {
    const failure = await failureOf(fauna.root.query(q.Concat([1, 'a', true], 2)));
    expect(failure).toEqual({
      status: 400,
      errors: [
        { position: ['concat', 0], code: 'invalid argument', description: 'String expected, Integer provided.' },
        { position: ['concat', 2], code: 'invalid argument', description: 'String expected, Boolean provided.' },
      ],
    });
  });

  it('refuses an unknown form and an unbound variable', async () => {
    const response = await fetch(`http://127.0.0.1:${fauna.port}/`, {
      method: 'POST',
      body: '{"nonsense":1,"more":2}',
      headers: { authorization: 'Bearer root-secret-for-tests' },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      errors: [
        {
          position: [],
          code: 'invalid expression',
          description: 'No form/function found, or invalid argument keys: { nonsense, more }.',
        },
      ],
    });
    const failure = await failureOf(fauna.root.query(q.Do(q.Var('missing'))));
    expect(failure.errors).toEqual([
      { position: ['do', 0], code: 'invalid expression', description: "Variable 'missing' is not defined." },
    ]);
  });

  it('answers 401 with the exact body to a wrong secret', async () => {
    const failure = await failureOf(fauna.client('wrong').query(q.Now()));
    expect(failure).toEqual({ status: 401, errors: [{ code: 'unauthorized', description: 'Unauthorized' }] });
  });

  it('creates, reads, updates, replaces and deletes a document', async () => {
    const created = await fauna.root.query<{ ref: object; ts: number; data: unknown }>(
      q.Create(q.Collection('things'), { data: { a: 1, nested: { x: 1, y: 2 } } }),
    );
    expect(created.data).toEqual({ a: 1, nested: { x: 1, y: 2 } });
    const updated = await fauna.root.query<{ data: unknown; ts: number }>(
      q.Update(created.ref as never, { data: { a: null, nested: { x: 5 } } }),
    );
    expect(updated.data).toEqual({ nested: { x: 5, y: 2 } });
    expect(updated.ts).toBeGreaterThan(created.ts);
    expect(await fauna.root.query(q.Select(['data', 'nested', 'x'], q.Get(created.ref as never)))).toBe(5);
    expect(await fauna.root.query(q.At(created.ts, q.Select(['data', 'a'], q.Get(created.ref as never))))).toBe(1);
    await fauna.root.query(q.Replace(created.ref as never, { data: { z: 1 } }));
    await fauna.root.query(q.Delete(created.ref as never));
    const failure = await failureOf(fauna.root.query(q.Get(created.ref as never)));
    expect(failure).toEqual({
      status: 404,
      errors: [{ position: [], code: 'instance not found', description: 'Document not found.' }],
    });
    const events = await fauna.root.query<{ data: { action: string }[] }>(
      q.Paginate(created.ref as never, { events: true }),
    );
    expect(events.data.map((event) => event.action)).toEqual(['create', 'update', 'update', 'delete']);
  });

  it('pages through an index in both directions', async () => {
    await fauna.root.query(q.CreateCollection({ name: 'numbers' }));
    await fauna.root.query(
      q.CreateIndex({
        name: 'numbers_by_kind',
        source: q.Collection('numbers'),
        terms: [{ field: ['data', 'kind'] }],
        values: [{ field: ['data', 'n'] }, { field: ['ref'] }],
      }),
    );
    await fauna.root.query(
      q.Foreach(
        [5, 3, 1, 4, 2],
        q.Lambda('n', q.Create(q.Collection('numbers'), { data: { kind: 'k', n: q.Var('n') } })),
      ),
    );
    const set = q.Match(q.Index('numbers_by_kind'), 'k');
    interface Page {
      data: [number, unknown][];
      after?: unknown;
      before?: unknown;
    }
    const first = await fauna.root.query<Page>(q.Paginate(set, { size: 2 }));
    expect(first.data.map(([n]) => n)).toEqual([1, 2]);
    const second = await fauna.root.query<Page>(q.Paginate(set, { size: 2, after: first.after as never }));
    expect(second.data.map(([n]) => n)).toEqual([3, 4]);
    const back = await fauna.root.query<Page>(q.Paginate(set, { size: 2, before: second.before as never }));
    expect(back.data.map(([n]) => n)).toEqual([1, 2]);
    const range = await fauna.root.query<Page>(q.Paginate(q.Range(set, 2, 4)));
    expect(range.data.map(([n]) => n)).toEqual([2, 3, 4]);
    expect(await fauna.root.query(q.Count(set))).toBe(5);
  });

  it('lets a JWT read and write only what it owns', async () => {
    await fauna.root.query(q.CreateDatabase({ name: 'child' }));
    const { secret } = await fauna.root.query<{ secret: string }>(
      q.CreateKey({ role: 'admin', database: q.Database('child') }),
    );
    const admin = fauna.client(secret);
    await admin.query(q.CreateCollection({ name: 'notes' }));
    await admin.query(
      q.CreateIndex({ name: 'by_owner', source: q.Collection('notes'), terms: [{ field: ['data', 'owner'] }] }),
    );
    const owns = (path: string[]) => q.Equals(q.CurrentIdentity(), q.Select(path, q.Get(q.Var('r'))));
    await admin.query(
      q.CreateRole({
        name: 'owner',
        privileges: [
          {
            resource: q.Collection('notes'),
            actions: {
              create: q.Query(q.Lambda('d', q.Equals(q.CurrentIdentity(), q.Select(['data', 'owner'], q.Var('d'))))),
              read: q.Query(q.Lambda('r', owns(['data', 'owner']))),
              delete: q.Query(q.Lambda('r', owns(['data', 'owner']))),
              write: q.Query(
                q.Lambda(
                  ['old', 'new'],
                  q.And(
                    q.Equals(q.CurrentIdentity(), q.Select(['data', 'owner'], q.Var('old'))),
                    q.Equals(q.CurrentIdentity(), q.Select(['data', 'owner'], q.Var('new'))),
                  ),
                ),
              ),
            },
          },
          { resource: q.Index('by_owner'), actions: { read: true } },
        ],
      }),
    );
    const provider = await admin.query<{ audience: string }>(
      q.CreateAccessProvider({
        name: 'clerk',
        issuer: 'https://clerk.burrow.internal',
        jwks_uri: 'https://clerk.burrow.internal/jwks.json',
        roles: [q.Role('owner')],
      }),
    );
    expect(provider.audience).toMatch(/^https:\/\/db\.fauna\.com\/db\/[a-z1-9]{13}$/);
    const token = (sub: string, issuer = 'https://clerk.burrow.internal') =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .setSubject(sub)
        .setIssuer(issuer)
        .setAudience(provider.audience)
        .setExpirationTime('1h')
        .sign(pair.privateKey);
    const ann = fauna.client(await token('ann'));
    const bob = fauna.client(await token('bob'));
    expect(await ann.query(q.CurrentIdentity())).toBe('ann');
    const note = await ann.query<{ ref: never }>(
      q.Create(q.Collection('notes'), { data: { owner: 'ann', text: 'hi' } }),
    );
    expect(await ann.query(q.Select(['data', 'text'], q.Get(note.ref)))).toBe('hi');
    const denied = { status: 403, errors: [expect.objectContaining({ code: 'permission denied' })] };
    expect(await failureOf(bob.query(q.Get(note.ref)))).toEqual(denied);
    expect(await failureOf(bob.query(q.Update(note.ref, { data: { text: 'x' } })))).toEqual(denied);
    expect(await failureOf(ann.query(q.Update(note.ref, { data: { owner: 'bob' } })))).toEqual(denied);
    expect(await failureOf(bob.query(q.Create(q.Collection('notes'), { data: { owner: 'ann' } })))).toEqual(denied);
    expect(await bob.query(q.Paginate(q.Match(q.Index('by_owner'), 'ann')))).toEqual({ data: [] });
    expect(await ann.query(q.Count(q.Documents(q.Collection('notes'))))).toBe(1);
    expect(await bob.query(q.Exists(note.ref))).toBe(false);
    const strange = fauna.client(await token('ann', 'https://clerk.burrow.internal/'));
    expect((await failureOf(strange.query(q.Now()))).status).toBe(401);
  });
});
