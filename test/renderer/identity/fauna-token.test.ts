import { describe, expect, test, vi } from 'vitest';
import { answerFaunaTokenWanted } from '../../../src/renderer/identity/fauna-token.ts';
import type { ConnectionDescription } from '../../../src/shared/connection/description.ts';
import { FailureError, succeed } from '../../../src/shared/failure.ts';

const describeConnection = async () => succeed({ template: 'fauna' } as ConnectionDescription);

function asked(
  session: { getToken: (options?: { template?: string }) => Promise<string | null> } | null,
  limitMs = 50,
) {
  const identity = {
    provideFaunaToken: vi.fn(async () => succeed(undefined)),
    cannotProvideFaunaToken: vi.fn(async (_: { code: string; message: string }) => succeed(undefined)),
  };
  const clearCache = vi.fn();
  const loadClerk = async () => ({ session: session && { ...session, clearCache } });
  const answered = answerFaunaTokenWanted('r1', { loadClerk, describe: describeConnection, identity, limitMs });
  return { answered, identity, clearCache };
}

describe('main wants a Fauna token', () => {
  test('it gets one of the template, and the window keeps none', async () => {
    const getToken = vi.fn(async () => 'ey.a.b');
    const { answered, identity, clearCache } = asked({ getToken });
    await answered;
    expect(getToken).toHaveBeenCalledWith({ template: 'fauna' });
    expect(identity.provideFaunaToken).toHaveBeenCalledWith({ request: 'r1', token: 'ey.a.b' });
    expect(identity.cannotProvideFaunaToken).not.toHaveBeenCalled();
    expect(clearCache).toHaveBeenCalledOnce();
  });

  test('with nobody signed in it is told so', async () => {
    const { answered, identity } = asked(null);
    await answered;
    expect(identity.cannotProvideFaunaToken).toHaveBeenCalledWith(
      expect.objectContaining({ request: 'r1', code: 'signed_out' }),
    );
  });

  test('an error of Clerk keeps its code', async () => {
    const refusal = Object.assign(new Error('x'), {
      status: 404,
      errors: [
        { code: 'resource_not_found', message: 'not found', longMessage: 'No JWT template exists with name: fauna' },
      ],
    });
    const { answered, identity, clearCache } = asked({ getToken: async () => Promise.reject(refusal) });
    await answered;
    expect(identity.cannotProvideFaunaToken).toHaveBeenCalledWith({
      request: 'r1',
      code: 'resource_not_found',
      message: 'No JWT template exists with name: fauna',
    });
    expect(clearCache).toHaveBeenCalledOnce();
  });

  test('a Clerk that never answers does not keep main waiting', async () => {
    const { answered, identity } = asked({ getToken: () => new Promise(() => undefined) });
    await answered;
    expect(identity.cannotProvideFaunaToken).toHaveBeenCalledWith(expect.objectContaining({ code: 'network_error' }));
  });

  test('a Clerk that cannot start is a code too', async () => {
    const identity = {
      provideFaunaToken: vi.fn(async () => succeed(undefined)),
      cannotProvideFaunaToken: vi.fn(async () => succeed(undefined)),
    };
    const loadClerk = async () => {
      throw new FailureError({ code: 'publishable-key-malformed', message: 'The key is not one.' });
    };
    await answerFaunaTokenWanted('r2', { loadClerk, describe: describeConnection, identity });
    expect(identity.cannotProvideFaunaToken).toHaveBeenCalledWith({
      request: 'r2',
      code: 'publishable-key-malformed',
      message: 'The key is not one.',
    });
  });
});
