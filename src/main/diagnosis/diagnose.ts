import type { CheckResult, Diagnosis } from '../../shared/connection/diagnosis.ts';
import { explainFaunaError } from '../fauna/failures.ts';
import { type Check, faultsOf, leftOut, type Seen, type Subject, type Verdict } from './check.ts';
import { accessChecks } from './checks/access.ts';
import { clerkChecks } from './checks/clerk.ts';
import { faunaChecks } from './checks/fauna.ts';
import { flowChecks } from './checks/flow.ts';
import { providerChecks } from './checks/provider.ts';
import { tokenChecks } from './checks/token.ts';

/** The one list: `npm run doctor` and the Connection screen show the same numbers. */
export const checks: readonly Check[] = [
  ...clerkChecks,
  ...tokenChecks,
  ...faunaChecks,
  ...providerChecks,
  ...accessChecks,
  ...flowChecks,
];

const unforeseen = (check: Check, error: unknown): Verdict => {
  const why = explainFaunaError(error);
  return faultsOf(check.id)(
    why.code,
    why.message,
    'This check did not expect that answer.',
    why.mend ?? 'Try again in a moment.',
  );
};

const whyNot = (check: Check, results: CheckResult[]): string | null => {
  const failed = results.find(
    ({ id, status }) => status === 'failed' && [...check.after, ...(check.unless ?? [])].includes(id),
  );
  if (failed) return `because ${failed.number} failed`;
  const missing = results.find(({ id, status }) => status === 'left-out' && check.after.includes(id));
  return missing ? `because ${missing.number} was left out` : null;
};

/** Runs every check in order and tells each as it ends. Never rejects. */
export const diagnose = async (
  subject: Subject,
  options: {
    ended?: (result: CheckResult, of: number) => void;
    /** Some of the checks; they keep their numbers. */
    only?: readonly Check[];
  } = {},
): Promise<Diagnosis> => {
  const start = performance.now();
  const seen: Seen = {};
  const results: CheckResult[] = [];
  const chosen = options.only ?? checks;
  for (const check of chosen) {
    const began = performance.now();
    const reason = whyNot(check, results);
    const verdict = reason
      ? leftOut(reason)
      : await check.run(subject, seen).catch((error) => unforeseen(check, error));
    const result: CheckResult = {
      number: checks.indexOf(check) + 1,
      id: check.id,
      title: check.title,
      status: verdict.status,
      detail: verdict.detail ?? '',
      fault: verdict.status === 'failed' ? verdict.fault : null,
      ms: performance.now() - began,
    };
    results.push(result);
    options.ended?.(result, chosen.length);
  }
  return {
    ok: results.every(({ status }) => status !== 'failed'),
    checks: results,
    ms: performance.now() - start,
  };
};
