import type { Failure } from '../../../shared/failure.ts';

/** One value that is there and is not the one Burrow wants. */
export interface Difference {
  field: string;
  is: unknown;
  wanted: unknown;
}

/** What a step found when it looked. */
export type Finding =
  | { state: 'in-place' }
  | { state: 'missing' }
  /** Made by an earlier Burrow: brought up to date without asking about each value. */
  | { state: 'older'; from: number; changes: string[] }
  /** Somebody else made or changed it: overwritten only on a yes. */
  | { state: 'differs'; differences: Difference[] }
  /** Set-up cannot go on here by itself. */
  | { state: 'blocked'; failure: Failure };

/**
 * One thing that set-up makes. `look` changes nothing; `apply` may be cut off anywhere and be called again after another
 * `look`; `undo` removes only what Burrow made, and says whether there was anything to remove.
 */
export interface Step {
  id: string;
  /** As a noun: `collection notes`. */
  what: string;
  /** Not worth a line when there is nothing to do. */
  quiet?: boolean;
  look(): Promise<Finding>;
  apply(finding: Finding): Promise<void>;
  undo?: { /** Removing it loses notes. */ losesData: boolean; run(): Promise<boolean> };
}

/** The word for what was done, in the past tense. */
export const outcomeOf = (finding: Finding): 'unchanged' | 'made' | 'updated' =>
  finding.state === 'in-place' ? 'unchanged' : finding.state === 'missing' ? 'made' : 'updated';
