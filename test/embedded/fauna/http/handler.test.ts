import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFauna } from '../fixture.ts';
import { type Ask, ask, errors, type Fauna } from './wire.ts';

let fauna: Fauna;
beforeAll(async () => {
  fauna = await startFauna();
});
afterAll(() => fauna.close());

const badRequest = (description: string): object => errors({ code: 'bad request', description });
const badHeader = (name: string, problem: string): object => badRequest(`Invalid header '${name}': ${problem}`);
const badJson = errors({ position: [], code: 'invalid expression', description: 'Request body is not valid JSON.' });
const noQuery = errors({ position: [], code: 'invalid expression', description: 'No query provided.' });
const notAllowed = (methods: string): object =>
  errors({ code: 'method not allowed', description: `Allowed methods are ${methods}.` });
const notFound = errors({ code: 'not found', description: 'Not Found' });
const unauthorized = errors({ code: 'unauthorized', description: 'Unauthorized' });

describe('what a request is answered', () => {
  const pairs = (count: number): string => Array.from({ length: count }, (_, index) => `${index}=a`).join(',');
  it.each<[string, Ask, number, unknown]>([
    ['an expression', { body: '[1,2.5,"a"]' }, 200, { resource: [1, 2.5, 'a'] }],
    ['an expression on /linearized', { path: '/linearized', body: '1' }, 200, { resource: 1 }],
    [
      'an expression in the address',
      { method: 'GET', path: '/?q=%5B%22a%2Bb%22%2C1%5D' },
      200,
      { resource: ['a+b', 1] },
    ],
    ['no expression in the address', { method: 'GET' }, 400, noQuery],
    ['an address that cannot be decoded', { method: 'GET', path: '/?q=1&x=%R1' }, 400, noQuery],
    ['no body', {}, 400, noQuery],
    ['half an array', { body: '[1' }, 400, badJson],
    ['a number too large for 64 bits', { body: '9223372036854775808' }, 400, badJson],
    ['a path there is none of', { path: '/nowhere', secret: null }, 404, notFound],
    ['GET /stream', { method: 'GET', path: '/stream' }, 405, notAllowed('POST')],
    ['GET /linearized', { method: 'GET', path: '/linearized' }, 405, notAllowed('POST')],
    ['PUT /', { method: 'PUT', body: '1' }, 405, notAllowed('GET, POST')],
    ['OPTIONS without an origin', { method: 'OPTIONS' }, 405, notAllowed('GET, POST')],
    ['a wrong method without a login', { method: 'PUT', body: '1', secret: null }, 401, unauthorized],
    ['a wrong method with a wrong secret', { method: 'PUT', body: '1', secret: 'wrong' }, 401, unauthorized],
    ['no login', { body: '1', secret: null }, 401, unauthorized],
    ['an unknown secret', { body: '1', secret: 'wrong' }, 401, unauthorized],
    [
      'a scheme in small letters',
      { body: '1', secret: null, headers: { authorization: 'bearer x' } },
      401,
      unauthorized,
    ],
    ['a stream without a login', { path: '/stream', body: '1', secret: null }, 401, unauthorized],
    [
      'an unknown version',
      { body: '1', headers: { 'x-faunadb-api-version': '9' } },
      400,
      badHeader('x-faunadb-api-version', "Unsupported or invalid API version '9'."),
    ],
    [
      'a last seen transaction that is no number',
      { body: '1', headers: { 'x-last-seen-txn': '1.5' } },
      400,
      badHeader('x-last-seen-txn', "Invalid timestamp '1.5'."),
    ],
    [
      'a timeout that is no number',
      { body: '1', headers: { 'x-query-timeout': 'soon' } },
      400,
      badHeader('x-query-timeout', "Invalid number 'soon'."),
    ],
    [
      'a timeout of nothing',
      { body: '1', headers: { 'x-query-timeout': '0' } },
      400,
      badHeader('x-query-timeout', 'Must be greater than 0.'),
    ],
    [
      'a timeout that is too long',
      { body: '1', headers: { 'x-query-timeout': '9223372036854775807' } },
      400,
      badHeader('x-query-timeout', 'Must be less than or equal to 600000.'),
    ],
    ['the longest timeout', { body: '1', headers: { 'x-query-timeout': '600000' } }, 200, { resource: 1 }],
    [
      'too few retries',
      { body: '1', headers: { 'x-max-retries-on-contention': '-1' } },
      400,
      badHeader('x-max-retries-on-contention', 'Must be between 0 and 7.'),
    ],
    [
      'too many retries',
      { body: '1', headers: { 'x-max-retries-on-contention': '8' } },
      400,
      badHeader('x-max-retries-on-contention', 'Must be between 0 and 7.'),
    ],
    [
      'retries that are no number',
      { body: '1', headers: { 'x-max-retries-on-contention': 'x' } },
      400,
      badHeader('x-max-retries-on-contention', "Invalid number 'x'."),
    ],
    ['seven retries', { body: '1', headers: { 'x-max-retries-on-contention': '7' } }, 200, { resource: 1 }],
    [
      'a bad header before a missing login',
      { body: '1', secret: null, headers: { 'x-query-timeout': 'x' } },
      400,
      badHeader('x-query-timeout', "Invalid number 'x'."),
    ],
    [
      'tags that are none',
      { body: '1', headers: { 'x-fauna-tags': 'foo,,' } },
      400,
      badHeader('x-fauna-tags', 'invalid tags'),
    ],
    [
      'a tag twice',
      { body: '1', headers: { 'x-fauna-tags': 'a=b,a=c' } },
      400,
      badHeader('x-fauna-tags', 'duplicate key'),
    ],
    [
      'a key of 41',
      { body: '1', headers: { 'x-fauna-tags': `${'a'.repeat(41)}=2` } },
      400,
      badHeader('x-fauna-tags', 'invalid key'),
    ],
    [
      'a value of 81',
      { body: '1', headers: { 'x-fauna-tags': `a=${'a'.repeat(81)}` } },
      400,
      badHeader('x-fauna-tags', 'invalid value'),
    ],
    ['26 tags', { body: '1', headers: { 'x-fauna-tags': pairs(26) } }, 400, badHeader('x-fauna-tags', 'too many tags')],
    ['25 tags', { body: '1', headers: { 'x-fauna-tags': pairs(25) } }, 200, { resource: 1 }],
    [
      '3001 characters of tags',
      { body: '1', headers: { 'x-fauna-tags': `a=${'a'.repeat(2999)}` } },
      400,
      badHeader('x-fauna-tags', 'header is too long'),
    ],
    ['bytes that are no text', { body: Uint8Array.of(0x22, 0xff, 0x22) }, 400, badJson],
    [
      'half of a surrogate pair in bytes',
      { body: Uint8Array.of(0x22, 0xed, 0xb0, 0x80, 0x22) },
      200,
      { resource: '?' },
    ],
    ['half of a surrogate pair escaped', { body: '"\\udc00"' }, 200, { resource: '?' }],
    ['letters beyond ASCII', { body: '"è"' }, 200, { resource: 'è' }],
    ['a ping', { method: 'GET', path: '/ping', secret: null }, 200, { resource: 'Scope write is OK' }],
    [
      'a ping of the node',
      { method: 'GET', path: '/ping?scope=node', secret: null },
      200,
      { resource: 'Scope node is OK' },
    ],
    [
      'a ping of anything',
      { method: 'GET', path: '/ping?scope=moon', secret: null },
      200,
      { resource: 'Scope node is OK' },
    ],
    ['a ping of all', { method: 'GET', path: '/ping?scope=all', secret: null }, 200, { resource: 'Scope all is OK' }],
    [
      'a ping by an older name',
      { method: 'GET', path: '/ping?scope=local', secret: null },
      200,
      { resource: 'Scope read is OK' },
    ],
    ['a posted ping', { path: '/ping', body: '1', secret: null }, 405, notAllowed('GET')],
  ])('%s', async (_name, request, status, json) => {
    const answer = await ask(fauna, request);
    expect({ status: answer.status, json: answer.json }).toEqual({ status, json });
    expect(answer.headers.get('content-type')).toBe('application/json;charset=utf-8');
  });

  it('takes Basic with a colon inside and outside of the base64', async () => {
    const encoded = Buffer.from('root-secret-for-tests:').toString('base64');
    for (const authorization of [`Basic ${encoded}`, `Basic ${encoded}:`]) {
      const answer = await ask(fauna, { body: '1', secret: null, headers: { authorization } });
      expect(answer.status).toBe(200);
    }
  });

  it('refuses a body over 8 MiB, counted in bytes, and goes on', async () => {
    const answer = await ask(fauna, { body: `"${'è'.repeat(5 * 1024 * 1024)}"`, secret: null });
    expect(answer.status).toBe(413);
    expect(answer.json).toEqual(errors({ code: 'request too large', description: 'Request entity is too large' }));
    expect((await ask(fauna, { body: `"${'f'.repeat(8 * 1024 * 1024 - 2)}"` })).status).toBe(200);
  });

  it('says that GET may not write', async () => {
    const q = encodeURIComponent('{"create_collection":{"object":{"name":"x"}}}');
    const answer = await ask(fauna, { method: 'GET', path: `/?q=${q}` });
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual(
      errors({
        position: [],
        code: 'invalid expression',
        description: 'Call performs a write, which is not allowed in get requests.',
      }),
    );
  });
});

describe('the headers of an answer', () => {
  it('tell what a query cost', async () => {
    const { headers, text } = await ask(fauna, { body: '{"now":null}' });
    const numbers = [
      'x-txn-time',
      'x-compute-ops',
      'x-byte-read-ops',
      'x-byte-write-ops',
      'x-query-time',
      'x-query-bytes-in',
      'x-query-bytes-out',
      'x-storage-bytes-read',
      'x-storage-bytes-write',
      'x-txn-retries',
    ];
    for (const name of numbers) expect(headers.get(name), name).toMatch(/^\d+$/);
    expect(headers.get('x-query-bytes-in')).toBe('12');
    expect(headers.get('x-query-bytes-out')).toBe(String(text.length));
    expect(headers.get('x-faunadb-build')).toBeTruthy();
  });

  it('tell who is not let in only the time', async () => {
    const { headers } = await ask(fauna, { body: '1', secret: 'wrong' });
    expect(headers.get('x-txn-time')).toMatch(/^\d{16}$/);
    expect(headers.get('x-compute-ops')).toBeNull();
    expect(headers.get('www-authenticate')).toBe('Basic realm="Unauthorized"');
  });

  it('tell the host to who traces the request', async () => {
    expect((await ask(fauna, { body: '1' })).headers.get('x-faunadb-host')).toBeNull();
    const traced = await ask(fauna, { method: 'GET', path: '/databases', headers: { 'x-trace': 'foo' } });
    expect(traced.headers.get('x-faunadb-host')).toBe('localhost');
  });

  it('send the tags back from the last to the first', async () => {
    const { headers } = await ask(fauna, { body: '1', headers: { 'x-fauna-tags': 'hello=world,foo=bar' } });
    expect(headers.get('x-fauna-tags')).toBe('foo=bar,hello=world');
  });

  it('carry the trace on in a span of its own, unsampled', async () => {
    const trace = '000000000000000050a5474ed8834769';
    const given = await ask(fauna, { body: '1', headers: { traceparent: `00-${trace}-5263798bc0583f83-01` } });
    expect(given.headers.get('traceparent')).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`));
    const made = await ask(fauna, { body: '1', headers: { traceparent: 'garbage' } });
    expect(made.headers.get('traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  it('allow a browser elsewhere to ask', async () => {
    const { status, headers, text } = await ask(fauna, {
      method: 'OPTIONS',
      path: '/anything',
      secret: null,
      headers: { origin: 'http://example.com' },
    });
    expect([status, text]).toEqual([200, '']);
    expect(headers.get('access-control-allow-origin')).toBe('http://example.com');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-max-age')).toBe('86400');
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST, PUT, PATCH, DELETE');
    expect(headers.get('access-control-allow-headers')).toContain('x-fauna-driver, x-fauna-source, x-fauna-tags');
    expect(headers.get('access-control-expose-headers')).toBe('');
    expect(headers.get('x-txn-time')).toBeNull();
  });

  it('let a browser elsewhere read them', async () => {
    const { headers } = await ask(fauna, { body: '1', headers: { origin: 'http://example.com' } });
    expect(headers.get('access-control-expose-headers')?.split(', ').sort()).toEqual([
      'x-byte-read-ops',
      'x-byte-write-ops',
      'x-compute-ops',
      'x-query-bytes-in',
      'x-query-bytes-out',
      'x-query-time',
      'x-storage-bytes-read',
      'x-storage-bytes-write',
      'x-txn-retries',
      'x-txn-time',
    ]);
    expect((await ask(fauna, { body: '1' })).headers.get('access-control-allow-origin')).toBeNull();
  });
});
