import { z } from 'zod';

/** Why a check failed, for a person: what is, what probably made it so, and what to do. Never holds a secret. */
export const fault = z.object({
  /** Stable, kebab-case. */
  code: z.string(),
  message: z.string(),
  cause: z.string(),
  mend: z.string(),
  /** A section of the documentation, relative to the repository. */
  docs: z.string(),
});
export type Fault = z.infer<typeof fault>;

export const checkResult = z.object({
  /** From 1, in the order of the chain from Clerk to a note. */
  number: z.number(),
  id: z.string(),
  title: z.string(),
  /** `left-out`: it could not be asked; `detail` says why. */
  status: z.enum(['passed', 'failed', 'left-out']),
  /** What was seen. */
  detail: z.string(),
  fault: fault.nullable(),
  ms: z.number(),
});
export type CheckResult = z.infer<typeof checkResult>;

export const diagnosis = z.object({
  /** No check failed. */
  ok: z.boolean(),
  checks: z.array(checkResult),
  ms: z.number(),
});
export type Diagnosis = z.infer<typeof diagnosis>;
