import { FailureError } from '../../../shared/failure.ts';
import type { Fetch } from '../../connection/fetch.ts';
import { names } from './definition.ts';
import { faunaSteps, readAudience, setUpClients } from './plan.ts';
import { outcomeOf, type Step } from './step.ts';

export interface SetUpOptions {
  endpoint: string;
  /** Of the database above: JWT login never works in the root, so Burrow lives in a child of its own. */
  adminKey: string;
  fetch: Fetch;
  issuer: string;
  /** https only, as Fauna demands. */
  jwksUri: string;
}

export interface SetUpResult {
  /** What the JWT template's `aud` must be. */
  audience: string;
  /** One line for each thing made or changed; empty when there was nothing to do. */
  changes: string[];
}

/** Looks and applies without asking, step by step. Answers what was changed; throws FailureError where a step is blocked. */
export const runSteps = async (steps: Step[]): Promise<string[]> => {
  const changes: string[] = [];
  for (const step of steps) {
    const finding = await step.look();
    if (finding.state === 'blocked') throw new FailureError(finding.failure);
    if (finding.state === 'in-place') continue;
    await step.apply(finding);
    changes.push(`${step.what} ${outcomeOf(finding)}`);
  }
  return changes;
};

/**
 * Makes everything the app needs in Fauna: child database, collection, indexes, roles, access provider.
 * Idempotent: each step looks first, so it can be run again at any time and completes what a broken run left.
 * Rejects with the driver's errors. For servers that are Burrow's own; `npm run setup` asks before it changes a team's.
 */
export const setUpFauna = async (options: SetUpOptions): Promise<SetUpResult> => {
  const plan = { ...options, database: names.database };
  const clients = setUpClients(plan);
  const changes = await runSteps(faunaSteps(plan, clients));
  const audience = await readAudience(clients);
  if (!audience) throw new Error('the access provider has no audience');
  return { audience, changes };
};
