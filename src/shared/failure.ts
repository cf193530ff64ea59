/**
 * Failures are values: a code for programs, a sentence for people and, where there is one, the mend.
 * Nothing that crosses the bridge is thrown; it arrives as `Outcome`.
 */
export interface Failure {
  /** Stable, kebab-case; what tests and the interface switch on. */
  code: string;
  /** One plain sentence that says what happened. Never holds a token or a secret. */
  message: string;
  /** What to do next, as one plain sentence. */
  mend?: string | undefined;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** An error that already knows what to tell the person. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(failure.message, options);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

export const failure = (code: string, message: string, mend?: string): Failure => ({ code, message, mend });
export const succeed = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const fail = (code: string, message: string, mend?: string): Outcome<never> => ({
  ok: false,
  failure: failure(code, message, mend),
});
