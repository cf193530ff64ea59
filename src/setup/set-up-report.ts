import type { Failure } from '../shared/failure.ts';
import type { StepReport } from './plan.ts';
import type { Proof } from './prove.ts';

/** What set-up answers, as `--json` prints it. */
export interface SetUpReport {
  ok: boolean;
  result: 'nothing-to-do' | 'set-up' | 'planned' | 'undone' | 'needs-a-yes' | 'failed';
  steps: StepReport[];
  proof: Proof | null;
  connectionFile: string;
  failure: Failure | null;
}
