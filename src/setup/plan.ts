import type { Difference, Finding, Step } from '../main/fauna/schema/step.ts';
import type { Failure } from '../shared/failure.ts';

export interface Planned {
  step: Step;
  finding: Finding;
}

/** Looks at every step; changes nothing. */
export const lookAtAll = async (steps: Step[]): Promise<Planned[]> => {
  const planned: Planned[] = [];
  for (const step of steps) planned.push({ step, finding: await step.look() });
  return planned;
};

const show = (value: unknown): string => {
  const text = value === undefined || value === null ? 'nothing' : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
};

export const differenceLine = ({ field, is, wanted }: Difference): string =>
  `${field}: is ${show(is)}, ${field === 'claims.aud' && wanted === null ? 'becomes the audience that Fauna gives' : `becomes ${show(wanted)}`}`;

const sign: Record<Finding['state'], string> = {
  'in-place': '  in place',
  missing: '+ to make',
  older: '~ to update',
  differs: '! differs',
  blocked: 'x blocked',
};

/** The plan as lines for a person. */
export const planLines = (planned: Planned[]): string[] =>
  planned.flatMap(({ step, finding }) => {
    if (step.quiet && finding.state === 'in-place') return [];
    const lines = [`${sign[finding.state].padEnd(12)} ${step.what}`];
    if (finding.state === 'differs')
      lines.push(...finding.differences.map((one) => `               ${differenceLine(one)}`));
    if (finding.state === 'older')
      lines.push(
        `               from schema ${finding.from}${finding.changes.length ? `: ${finding.changes.join(', ')}` : ''}`,
      );
    if (finding.state === 'blocked')
      lines.push(`               ${finding.failure.message} ${finding.failure.mend ?? ''}`.trimEnd());
    return lines;
  });

export interface StepReport {
  id: string;
  what: string;
  found: Finding['state'] | null;
  outcome: 'unchanged' | 'made' | 'updated' | 'kept' | 'planned' | 'blocked' | 'removed' | 'not-reached';
  differences?: Difference[];
}

export const reportOf = ({ step, finding }: Planned, outcome: StepReport['outcome']): StepReport => ({
  id: step.id,
  what: step.what,
  found: finding.state,
  outcome,
  ...(finding.state === 'differs' ? { differences: finding.differences } : {}),
});

export const firstBlocked = (planned: Planned[]): Failure | null => {
  for (const { finding } of planned) if (finding.state === 'blocked') return finding.failure;
  return null;
};
