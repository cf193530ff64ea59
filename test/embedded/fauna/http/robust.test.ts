/** Nothing a client sends ends the process or answers 500. */
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT_KEY, startFauna } from '../fixture.ts';
import { ask, errors, type Fauna } from './wire.ts';

let fauna: Fauna;
beforeAll(async () => {
  fauna = await startFauna();
});
afterAll(() => fauna.close());

const failure = (code: string, description: string): object => errors({ position: [], code, description });
const badJson = failure('invalid expression', 'Request body is not valid JSON.');
const tooDeep = failure('invalid expression', 'Request body JSON exceeds nesting limit.');
const nest = (depth: number, open: string, close: string, inner = '1'): string =>
  open.repeat(depth) + inner + close.repeat(depth);

it.each<[string, string, number, unknown]>([
  ['100,000 arrays', nest(100_000, '[', ']'), 400, tooDeep],
  ['100,000 objects', nest(100_000, '{"object":', '}'), 400, tooDeep],
  ['100,000 arrays without an end', '['.repeat(100_000), 400, tooDeep],
  ['1,001 arrays', nest(1001, '[', ']'), 400, tooDeep],
  ['nothing but space', ' \n', 400, badJson],
  ['a lone quote', '"', 400, badJson],
  ['a backslash at the end', '"\\', 400, badJson],
  ['an escape there is none of', '"\\x"', 400, badJson],
  ['a line break in a string', '"a\nb"', 400, badJson],
  ['a comma at the end', '[1,]', 400, badJson],
  ['a leading zero', '01', 400, badJson],
  ['a plus', '+1', 400, badJson],
  ['NaN', 'NaN', 400, badJson],
  ['a million digits', '1'.repeat(1_000_000), 400, badJson],
  ['a million decimals', `0.${'1'.repeat(1_000_000)}`, 400, badJson],
  ['something that is no token after the value', '1 x', 400, badJson],
  ['something else after the value', '1 2', 200, { resource: 1 }],
  ['a key twice', '{"object":{"a":1,"a":2}}', 200, { resource: { a: 1 } }],
  ['a double too large', '1e999', 200, { resource: 'Infinity' }],
])('%s', async (_name, body, status, json) => {
  const answer = await ask(fauna, { body });
  expect(answer.status).toBe(status);
  expect(answer.json).toEqual(json);
});

it('takes the names of JavaScript for names', async () => {
  const { text } = await ask(fauna, { body: '{"object":{"__proto__":{"object":{"a":1}},"constructor":2}}' });
  expect(text).toBe('{"resource":{"__proto__":{"a":1},"constructor":2}}');
});

it('keeps numbers and the order of keys as they were written', async () => {
  const { text } = await ask(fauna, {
    body: '{"object":{"2":9223372036854775807,"1":1.0,"a":-0.0,"b":1e10,"c":-9223372036854775808}}',
  });
  expect(text).toBe('{"resource":{"2":9223372036854775807,"1":1.0,"a":-0.0,"b":1.0E10,"c":-9223372036854775808}}');
});

it('ends a query that takes too long', async () => {
  const many = Array.from({ length: 5000 }, (_, index) => index);
  const over = (name: string, expr: unknown) => ({ map: { lambda: name, expr }, collection: many });
  const answer = await ask(fauna, {
    body: JSON.stringify(over('x', over('y', { add: [{ var: 'x' }, { var: 'y' }] }))),
    headers: { 'x-query-timeout': '100' },
  });
  expect(answer.status).toBe(503);
  expect(answer.json).toEqual(errors({ code: 'time out', description: 'Read timed out (Query eval has timed out.)' }));
  expect((await ask(fauna, { body: '1' })).status).toBe(200);
});

it('ends an answer that grows without an end', async () => {
  const levels = Array.from({ length: 12 }, (_, index) => index);
  const ten = (value: unknown) => levels.slice(0, 10).map(() => value);
  const bindings = levels.map((level) => ({ [`v${level}`]: level === 0 ? ten(1) : ten({ var: `v${level - 1}` }) }));
  const answer = await ask(fauna, {
    body: JSON.stringify({ let: bindings, in: { var: 'v11' } }),
    headers: { 'x-query-timeout': '200' },
  });
  expect(answer.status).toBe(503);
  expect((await ask(fauna, { body: '1' })).status).toBe(200);
});

/** Sends bytes and gives back what came until the other side closed. */
const raw = (text: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(fauna.port, '127.0.0.1', () => socket.end(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += String(chunk);
    });
    socket.on('error', () => resolve(answer));
    socket.on('close', () => resolve(answer));
  });

it.each([
  ['garbage', 'hello\r\n\r\n', 400],
  ['a header without a colon', 'GET / HTTP/1.1\r\nHost: x\r\ngarbage\r\n\r\n', 400],
  ['headers that are too long', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(100_000)}\r\n\r\n`, 400],
  ['a host that is none', 'GET /ping HTTP/1.1\r\nHost: [[[\r\nConnection: close\r\n\r\n', 400],
  ['a whole address', 'GET http://x/ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 200],
  ['a star', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 401],
  ['a HEAD', 'HEAD /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 200],
])('answers %s', async (_name, text, status) => {
  expect(await raw(text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
});

it('lives through clients that go away', async () => {
  await raw('PRI');
  await raw('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\ngarbage that is no frame');
  await raw('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n[1');
  const session = connectHttp2(`http://127.0.0.1:${fauna.port}`);
  const stream = session.request({ ':method': 'POST', ':path': '/', authorization: `Bearer ${ROOT_KEY}` });
  stream.on('error', () => undefined);
  stream.write('[1');
  await new Promise((resolve) => setImmediate(resolve));
  stream.destroy();
  session.destroy();
  expect((await ask(fauna, { body: '1' })).status).toBe(200);
});

it('answers requests of one connection in their order', async () => {
  const request = (body: string): string =>
    `POST / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ROOT_KEY}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const answer = await raw(request('"one"') + request('"two"') + request('"three"'));
  expect(answer.match(/"resource":"\w+"/g)).toEqual(['"resource":"one"', '"resource":"two"', '"resource":"three"']);
});
