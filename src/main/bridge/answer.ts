import type { z } from 'zod';
import { type OperationName, operationNames } from '../../shared/bridge/names.ts';
import { operations, type Result } from '../../shared/bridge/operations.ts';
import { FailureError, fail, type Outcome } from '../../shared/failure.ts';

type Validated<N extends OperationName> = z.output<(typeof operations)[N]['input']>;

/** One function an operation; it may return a failure or throw a FailureError. */
export type Handlers<N extends OperationName = OperationName> = {
  [K in N]: (input: Validated<K>) => Outcome<Result<K>> | Promise<Outcome<Result<K>>>;
};

const isOperation = (name: unknown): name is OperationName => operationNames.includes(name as OperationName);

const describe = (error: z.ZodError): string => {
  const issue = error.issues[0];
  const where = issue?.path.length ? `${issue.path.join('.')}: ` : '';
  return `${where}${issue?.message ?? 'invalid'}`;
};

/**
 * Answers one message of the bridge: unknown operations and malformed arguments are refused with a failure and
 * change nothing; an error that nobody foresaw is logged by `report` and told without its text, which might hold anything.
 */
export const createAnswer =
  (handlers: Handlers, report: (operation: string, error: unknown) => void) =>
  async (name: unknown, input: unknown): Promise<Outcome<unknown>> => {
    if (!isOperation(name))
      return fail(
        'unknown-operation',
        'Burrow has no such operation.',
        'Restart Burrow; if it was just updated, this mends it.',
      );
    const checked = operations[name].input.safeParse(input);
    if (!checked.success)
      return fail(
        'invalid-argument',
        `${name} was asked with a wrong argument (${describe(checked.error)}).`,
        'Nothing was changed. Restart Burrow if it happens again.',
      );
    try {
      return await (handlers[name] as (value: unknown) => Promise<Outcome<unknown>>)(checked.data);
    } catch (error) {
      if (error instanceof FailureError) return { ok: false, failure: error.failure };
      report(name, error);
      return fail(
        'internal',
        'Something went wrong inside Burrow.',
        'Try again; if it happens again, restart Burrow. Saved notes are safe.',
      );
    }
  };
