import { describe, expect, test } from 'vitest';
import { clerkFailure } from '../../../src/renderer/identity/clerk-failure.ts';

describe('an error of Clerk in words', () => {
  test('out of reach, however clerk-js puts it', () => {
    const offline = Object.assign(new Error('offline'), { code: 'clerk_offline' });
    for (const error of [offline, new TypeError('Failed to fetch'), { status: 502 }]) {
      expect(clerkFailure(error).message).toMatch(/cannot be reached/);
      expect(clerkFailure(error).mend).toBeTruthy();
    }
    expect(clerkFailure(offline).code).toBe('clerk_offline');
  });

  test('a refusal has the code and the longer message of Clerk', () => {
    const error = {
      status: 422,
      errors: [{ code: 'form_password_incorrect', message: 'short', longMessage: 'The password is not right.' }],
    };
    expect(clerkFailure(error)).toMatchObject({
      code: 'form_password_incorrect',
      message: 'The password is not right.',
    });
  });

  test('anything else is a failure with a next step', () => {
    for (const error of [undefined, null, 'text', 42, new Error('boom'), { errors: [] }, { errors: [{}] }]) {
      expect(clerkFailure(error)).toMatchObject({ code: 'clerk-failed' });
      expect(clerkFailure(error).mend).toBeTruthy();
    }
  });
});
