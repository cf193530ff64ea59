import type { Step } from '../main/fauna/schema/step.ts';
import { failure } from '../shared/failure.ts';
import type { Conversation } from './conversation.ts';
import type { StepReport } from './plan.ts';
import type { SetUpReport } from './set-up-report.ts';
import type { Flags } from './settings.ts';

/**
 * Removes what set-up made, the last first. What would lose notes (collection, database) stays unless the person says
 * `--delete-data`, and what somebody else made stays always.
 */
export const undoAll = async (
  steps: Step[],
  flags: Flags,
  talk: Conversation,
): Promise<Pick<SetUpReport, 'ok' | 'result' | 'steps' | 'failure'>> => {
  const undoable = steps.filter(({ undo }) => undo && (flags.deleteData || !undo.losesData)).reverse();
  talk.say('To be removed, where set-up made it:');
  for (const { what } of undoable) talk.say(`- ${what}`);
  if (flags.dryRun)
    return {
      ok: true,
      result: 'planned',
      failure: null,
      steps: undoable.map(({ id, what }) => ({ id, what, found: null, outcome: 'planned' })),
    };
  const question = flags.deleteData ? 'Remove all of this, ALL NOTES INCLUDED?' : 'Remove all of this?';
  if (!(await talk.confirm(question)))
    return {
      ok: false,
      result: 'needs-a-yes',
      steps: [],
      failure: failure('needs-a-yes', 'Nothing was removed: undo needs a yes.', 'Answer y, or add --yes.'),
    };
  const reports: StepReport[] = [];
  for (const { id, what, undo } of undoable) {
    const removed = (await undo?.run()) ?? false;
    talk.say(`${removed ? 'removed' : 'left'}      ${what}`);
    reports.push({ id, what, found: null, outcome: removed ? 'removed' : 'unchanged' });
  }
  return { ok: true, result: 'undone', steps: reports, failure: null };
};
