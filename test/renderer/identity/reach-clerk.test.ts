import { describe, expect, test } from 'vitest';
import { clerkFailure } from '../../../src/renderer/identity/clerk-failure.ts';
import { reachClerk } from '../../../src/renderer/identity/reach-clerk.ts';

const answering =
  (response: Response): typeof fetch =>
  async () =>
    response;
const whyNot = (page: typeof fetch) =>
  reachClerk(page).then(
    () => null,
    (error: unknown) => clerkFailure(error),
  );

describe('reaching Clerk before it is started', () => {
  test('an answer is enough', async () => {
    expect(await whyNot(answering(Response.json({})))).toBeNull();
  });

  test('a refusal has its code and its words', async () => {
    const errors = [{ code: 'native_api_disabled', message: 'off', long_message: 'The Native API is off.' }];
    const failure = await whyNot(answering(Response.json({ errors }, { status: 400 })));
    expect(failure).toMatchObject({ code: 'native_api_disabled', message: 'The Native API is off.' });
  });

  test('a server that is not Clerk is told from one that is not there', async () => {
    expect(await whyNot(answering(new Response('<html>', { status: 404 })))).toMatchObject({ code: 'clerk-not-there' });
    expect(await whyNot(() => Promise.reject(new TypeError('Failed to fetch')))).toMatchObject({
      code: 'clerk-unreachable',
    });
  });
});
