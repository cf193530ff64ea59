import { describe, expect, test } from 'vitest';
import { masked, reportText } from '../../../src/renderer/connection/report-text.ts';
import { chainVerdict } from '../../../src/renderer/connection/verdict.ts';
import type { ConnectionDescription } from '../../../src/shared/connection/description.ts';
import type { IdentityReport } from '../../../src/shared/identity/who-am-i.ts';

const description: ConnectionDescription = {
  kind: 'embedded',
  publishableKey: 'pk_test_abc',
  frontendApi: 'https://clerk.burrow.internal',
  issuer: 'https://clerk.burrow.internal',
  faunaEndpoint: 'embedded:fauna',
  template: 'fauna',
  tokenStorage: 'system',
  problem: null,
};
const link = (name: 'clerk' | 'main' | 'fauna', userId: string | null) => ({
  name,
  userId,
  ms: 1.2,
  failure: userId ? null : { code: 'fauna-refused-token', message: 'Fauna refused the token.' },
});
const report = (fauna: string | null, agree: boolean): IdentityReport => ({
  links: [link('clerk', 'user_a'), link('main', 'user_a'), link('fauna', fauna)],
  agree,
  claims: { sub: 'user_a', email: 'grace.hopper@example.com' },
  ms: 12.4,
});
const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.c2lnbmF0dXJl';

describe('the copied report', () => {
  test('names every link and the verdict', () => {
    const text = reportText(description, report('user_a', true));
    expect(text).toContain('All three agree');
    expect(text).toContain('Fauna: user_a');
    expect(text).toContain('issuer: https://clerk.burrow.internal');
  });

  test('says which link failed and how', () => {
    expect(reportText(description, report(null, false))).toContain(
      'failed: fauna-refused-token: Fauna refused the token.',
    );
  });

  test('holds no token, key or address, even if one slipped in', () => {
    const text = masked(
      `${token} Bearer abc.def sk_test_0123456789abcdef fnADabcdefgh12345678 grace.hopper@example.com`,
    );
    for (const secret of ['eyJ', 'abc.def', '0123456789abcdef', 'abcdefgh12345678', 'race.hopper']) {
      expect(text).not.toContain(secret);
    }
    expect(reportText(description, report('user_a', true))).not.toContain('grace.hopper');
  });
});

describe('the verdict', () => {
  test('tells a silent link from one that names somebody else', () => {
    expect(chainVerdict(report('user_a', true))).toMatchObject({ good: true });
    expect(chainVerdict(report(null, false)).title).toBe('Fauna could not say who you are');
    expect(chainVerdict(report('user_b', false)).title).toBe('They do not agree');
  });
});
