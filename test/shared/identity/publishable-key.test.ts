import { describe, expect, test } from 'vitest';
import {
  decodePublishableKey,
  encodePublishableKey,
  issuerOf,
  jwksUriOf,
} from '../../../src/shared/identity/publishable-key.ts';

describe('a publishable key', () => {
  test.each([
    ['test', 'clerk.burrow.internal'],
    ['live', 'clerk.example.com'],
    ['test', '127.0.0.1:9443'],
    ['test', 'neat-owl-12.clerk.accounts.dev'],
  ] as const)('%s for %s is read back as it was written', (kind, host) => {
    expect(decodePublishableKey(encodePublishableKey({ kind, host }))).toEqual({ ok: true, value: { kind, host } });
  });

  test('is read with the space around it that copying leaves, and without its padding', () => {
    const key = encodePublishableKey({ kind: 'test', host: 'clerk.burrow.internal' }).replace(/=+$/, '');
    expect(decodePublishableKey(` ${key}\n`)).toMatchObject({ ok: true });
  });

  test('names the issuer and the JWKS', () => {
    const key = { kind: 'test', host: 'clerk.burrow.internal' } as const;
    expect(issuerOf(key)).toBe('https://clerk.burrow.internal');
    expect(jwksUriOf(key)).toBe('https://clerk.burrow.internal/.well-known/jwks.json');
  });

  const of = (text: string) => `pk_test_${btoa(text)}`;
  test.each([
    ['', 'publishable-key-missing'],
    ['   ', 'publishable-key-missing'],
    ['sk_test_abcdef', 'publishable-key-is-secret'],
    ['https://clerk.example.com', 'publishable-key-prefix'],
    ['pk_prod_Y2xlcms', 'publishable-key-prefix'],
    ['PK_TEST_Y2xlcms', 'publishable-key-prefix'],
    ['pk_test_', 'publishable-key-damaged'],
    ['pk_test_***', 'publishable-key-damaged'],
    ['pk_test_Y2xlc mU', 'publishable-key-damaged'],
    [of('clerk.example.com'), 'publishable-key-truncated'],
    [of('localhost:9443$'), 'publishable-key-host'],
    [of('$'), 'publishable-key-host'],
    [of('clerk.example.com/path$'), 'publishable-key-host'],
    [of('user@clerk.example.com$'), 'publishable-key-host'],
    [of('clerk..example.com$'), 'publishable-key-host'],
    [of('clerk.example.com$$'), 'publishable-key-host'],
  ])('%j is refused as %s, with a mend', (text, code) => {
    expect(decodePublishableKey(text)).toMatchObject({ ok: false, failure: { code, mend: expect.any(String) } });
  });

  test('a failure never repeats what was pasted, which may be a secret', () => {
    expect(JSON.stringify(decodePublishableKey('sk_live_verysecret'))).not.toContain('verysecret');
  });

  test('is not made for what is no host', () => {
    expect(() => encodePublishableKey({ kind: 'test', host: 'localhost' })).toThrow(TypeError);
  });
});
