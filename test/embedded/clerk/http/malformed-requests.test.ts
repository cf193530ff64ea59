import { expect, test } from 'vitest';
import { nativeClient, signUp } from '../support/native-client.ts';
import { SECRET_KEY, testClerk } from '../support/test-clerk.ts';

const base = 'https://clerk.burrow.internal';
const form = 'application/x-www-form-urlencoded';

interface Ask {
  method?: string;
  path: string;
  type?: string;
  body?: BodyInit;
}

const asks: [string, Ask, number][] = [
  ['an unknown path', { path: '/v1/nothing' }, 404],
  ['no path at all', { path: '/' }, 404],
  ['another version', { path: '/v2/client' }, 404],
  ['a broken percent sign', { path: '/v1/client/sign_ins/%E0%A4%A' }, 400],
  ['a known path with another method', { method: 'DELETE', path: '/v1/environment' }, 405],
  ['an unknown _method', { method: 'POST', path: '/v1/client?_method=BREW' }, 405],
  ['_method on a GET, which means nothing', { path: '/v1/environment?_method=DELETE' }, 200],
  ['JSON that is none', { method: 'POST', path: '/v1/client/sign_ins', type: 'application/json', body: '{' }, 400],
  [
    'JSON that is no object',
    { method: 'POST', path: '/v1/client/sign_ins', type: 'application/json', body: '[1]' },
    400,
  ],
  [
    'bytes that are no text',
    { method: 'POST', path: '/v1/client/sign_ins', type: form, body: new Uint8Array([0xff, 0xfe, 0xff]) },
    400,
  ],
  [
    'a form without a boundary',
    { method: 'POST', path: '/v1/client/sign_ins', type: 'multipart/form-data', body: 'x' },
    400,
  ],
  [
    'a field given twice',
    { method: 'POST', path: '/v1/client/sign_ins', type: form, body: 'identifier=a&identifier=b' },
    422,
  ],
  [
    'a field named __proto__',
    { method: 'POST', path: '/v1/client/sign_ins', type: form, body: '__proto__=x&constructor=y' },
    200,
  ],
  [
    'a number where text is',
    { method: 'POST', path: '/v1/client/sign_ins', type: 'application/json', body: '{"identifier":7}' },
    422,
  ],
  [
    '12 MB',
    { method: 'POST', path: '/v1/client/sign_ups', type: form, body: `email_address=${'x'.repeat(12e6)}` },
    413,
  ],
  [
    'a NUL in an address',
    { method: 'POST', path: '/v1/client/sign_ins', type: form, body: 'identifier=%00@x.example' },
    422,
  ],
  [
    'an injection',
    { method: 'POST', path: '/v1/client/sign_ins', type: form, body: "identifier='%20OR%201=1--@x.example" },
    422,
  ],
  [
    'a very long strategy',
    { method: 'POST', path: '/v1/client/sign_ins', type: form, body: `strategy=${'x'.repeat(5000)}` },
    422,
  ],
  [
    'a template that is not there',
    { method: 'POST', path: '/v1/client/sessions/sess_x/tokens/%2F..%2F', type: form },
    401,
  ],
  ['an unknown well-known', { path: '/.well-known/security.txt' }, 404],
];

test.each(asks)('%s gets an answer in Clerk’s shape', async (_, { method = 'GET', path, type, body }, status) => {
  const clerk = await testClerk();
  const url = `${base}${path}${path.includes('?') ? '&' : '?'}_is_native=1`;
  const request = new Request(url, { method, headers: type ? { 'content-type': type } : {}, body: body ?? null });
  const response = await clerk.handle(request);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/json');
  if (status >= 400) {
    expect(await response.json()).toMatchObject({
      errors: [
        {
          code: expect.any(String),
          message: expect.any(String),
          long_message: expect.any(String),
          meta: expect.any(Object),
        },
      ],
      clerk_trace_id: expect.stringMatching(/^trace_/),
    });
  }
});

test('whatever is thrown at the routes, signed in or with the secret key, nothing breaks', async () => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  const { sessionId, userId } = await signUp(client);
  const paths = [
    '/client',
    '/client/sign_ins',
    '/client/sign_ups',
    '/client/sign_ins/x/attempt_first_factor',
    '/client/sign_ups/x',
    `/client/sessions/${sessionId}/touch`,
    `/client/sessions/${sessionId}/tokens/x`,
    '/me',
    '/me/metadata',
    '/me/change_password',
    '/me/profile_image',
    '/me/email_addresses',
    '/me/email_addresses/x',
    '/me/sessions/x/revoke',
    '/users',
    `/users/${userId}`,
    `/users/${userId}/metadata`,
    '/users/count',
    '/sessions',
    `/sessions/${sessionId}/tokens`,
    '/jwt_templates',
    '/jwt_templates/x',
    '/sign_in_tokens',
    '/redirect_urls',
    '/instance',
  ];
  const values: unknown[] = [
    null,
    '',
    'x',
    -1,
    1e308,
    [],
    ['\u0000'],
    {},
    { a: { b: null } },
    true,
    '\ud800',
    '__proto__',
  ];
  const names = [
    'identifier',
    'password',
    'strategy',
    'email_address',
    'first_name',
    'unsafe_metadata',
    'public_metadata',
    'name',
    'claims',
    'lifetime',
    'signing_key',
    'user_id',
    'url',
    'allowed_origins',
    'file',
    'code',
    'expires_in_seconds',
    'new_password',
    'primary_email_address_id',
    'external_id',
  ];
  for (const path of paths) {
    for (const method of ['POST', 'PATCH', 'PUT', 'GET']) {
      for (const value of values) {
        const backend = !path.startsWith('/client') && !path.startsWith('/me');
        const request = new Request(
          `${base}/v1${path}?_is_native=1&limit=${String(value)}&order_by=${encodeURIComponent(String(names[1]))}`,
          {
            method,
            headers: {
              authorization: backend ? `Bearer ${SECRET_KEY}` : (client.token ?? ''),
              'content-type': 'application/json',
            },
            body: method === 'GET' ? null : JSON.stringify(Object.fromEntries(names.map((name) => [name, value]))),
          },
        );
        const response = await clerk.handle(request);
        client.token = response.headers.get('authorization') ?? client.token;
        expect(
          response.status,
          `${method} ${path} ${JSON.stringify(value)} ${await response.clone().text()}`,
        ).toBeLessThan(500);
      }
    }
  }
});

test('a fault of ours is told without its text', async () => {
  const clerk = await testClerk();
  clerk.close();
  const response = await clerk.handle(
    new Request(`${base}/v1/users/count`, { headers: { authorization: `Bearer ${SECRET_KEY}` } }),
  );
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(text).toContain('internal_error');
  expect(text).not.toMatch(/database|sqlite|node:/i);
});
