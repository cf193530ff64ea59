import { type Failure, FailureError, failure } from '../../shared/failure.ts';

interface ClerkError {
  code?: unknown;
  status?: unknown;
  message?: unknown;
  errors?: { code?: unknown; message?: unknown; longMessage?: unknown; long_message?: unknown }[];
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

const unreachable = () =>
  failure(
    'clerk-unreachable',
    'Clerk cannot be reached, so nobody can be signed in right now.',
    'Check the network and try again, or look at the Connection screen.',
  );

/**
 * What went wrong at Clerk, in Burrow's words. Errors are told apart by `code`: the guards of
 * `@clerk/shared/error` return false for clerk-js's own errors. `code` stays Clerk's where Clerk gave one.
 */
export function clerkFailure(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const clerk = (typeof error === 'object' && error !== null ? error : {}) as ClerkError;
  const first = clerk.errors?.[0];
  const code = text(first?.code) ?? text(clerk.code);
  if (code === 'clerk_offline' || code === 'network_error') return { ...unreachable(), code };
  if (error instanceof TypeError && /fetch|network/i.test(error.message)) return unreachable();
  if (clerk.status === 502 || clerk.status === 503 || clerk.status === 504)
    return { ...unreachable(), code: code ?? 'clerk-unreachable' };
  if (code) {
    const said =
      text(first?.longMessage) ??
      text(first?.long_message) ??
      text(first?.message) ??
      text(clerk.message) ??
      'Clerk refused.';
    return failure(code, said, 'Try again; the Connection screen shows what Clerk answered.');
  }
  if (typeof clerk.status === 'number') {
    return failure(
      'clerk-not-there',
      `What answers as Clerk's Frontend API is not Clerk, or is out of order (HTTP ${clerk.status}).`,
      'Compare the Frontend API on the Connection screen with the one in Clerk’s dashboard.',
    );
  }
  return failure('clerk-failed', 'Signing in did not work: Clerk stopped with an error.', 'Try again.');
}
