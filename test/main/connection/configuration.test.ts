import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectionFiles, decideConnection } from '../../../src/main/connection/configuration.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'burrow-connection-'));
const keyOf = (host: string) => `pk_test_${Buffer.from(`${host}$`).toString('base64')}`;
const good = {
  clerk: { publishableKey: keyOf('happy-fox-1.clerk.accounts.dev') },
  fauna: { endpoint: 'https://fauna.example.com' },
};

const decide = (content: unknown) => {
  const path = join(folder(), 'connection.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return decideConnection([path]);
};

test('without a connection file it is the embedded stack', () => {
  const { connection, problem } = decideConnection([join(folder(), 'connection.json')]);
  expect(problem).toBeNull();
  expect(connection).toMatchObject({ kind: 'embedded', issuer: 'https://clerk.burrow.internal', template: 'fauna' });
});

test("a team's own servers follow from the publishable key and the Fauna address", () => {
  const { connection, problem } = decide({ ...good, fauna: { endpoint: 'https://fauna.example.com/' } });
  expect(problem).toBeNull();
  expect(connection).toEqual({
    kind: 'own-servers',
    publishableKey: good.clerk.publishableKey,
    frontendApi: 'https://happy-fox-1.clerk.accounts.dev',
    issuer: 'https://happy-fox-1.clerk.accounts.dev',
    jwksUri: 'https://happy-fox-1.clerk.accounts.dev/.well-known/jwks.json',
    faunaEndpoint: 'https://fauna.example.com',
    template: 'fauna',
  });
});

test('the file named by the developer comes before the person’s, and that before the baked-in one', () => {
  expect(connectionFiles({ userData: '/u', resources: '/r', named: '/n.json' })).toEqual([
    '/n.json',
    join('/u', 'connection.json'),
    join('/r', 'connection.json'),
  ]);
});

test.each([
  ['broken JSON', '{"clerk":'],
  ['an unknown field (perhaps a secret key)', { ...good, secretKey: 'sk_test_x' }],
  ['http to another computer', { ...good, fauna: { endpoint: 'http://fauna.example.com' } }],
  ['a template name that is a path', { ...good, clerk: { ...good.clerk, template: '../x' } }],
  ['no Fauna', { clerk: good.clerk }],
  ['a secret key in the place of the publishable key', { ...good, clerk: { publishableKey: 'sk_test_abcdef' } }],
  ['a publishable key that names no host', { ...good, clerk: { publishableKey: 'pk_test_bm90aGluZw==' } }],
])('%s: says so, names the file, and does not quietly use the embedded stack', (_what, content) => {
  const { connection, problem } = decide(content);
  expect(connection.kind).toBe('own-servers');
  expect(problem?.message).toMatch(/[a-z].*\.$/i);
  expect(problem?.mend).toBeTruthy();
  expect(JSON.stringify(problem)).not.toContain('sk_test_');
});

test('http is allowed to this computer, for the embedded stack on a command line', () => {
  const { connection, problem } = decide({
    clerk: { ...good.clerk, frontendApi: 'http://127.0.0.1:9444' },
    fauna: { endpoint: 'http://127.0.0.1:9443' },
  });
  expect(problem).toBeNull();
  expect(connection.jwksUri).toBe('http://127.0.0.1:9444/.well-known/jwks.json');
});

test('a connection file that cannot be read is a problem in words, never the embedded stack', () => {
  const { connection, problem } = decideConnection([folder()]);
  expect(connection.kind).toBe('own-servers');
  expect(problem?.code).toBe('connection-file-invalid');
});

test('a byte order mark and blanks around the publishable key do no harm', () => {
  const spaced = { ...good, clerk: { publishableKey: ` ${good.clerk.publishableKey}\n` } };
  const { connection, problem } = decide(`\uFEFF${JSON.stringify(spaced)}`);
  expect(problem).toBeNull();
  expect(connection.publishableKey).toBe(good.clerk.publishableKey);
});
