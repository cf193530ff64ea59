import type { CheckResult, Diagnosis } from './diagnosis.ts';

const signs = { passed: 'ok  ', failed: 'FAIL', 'left-out': '-   ' } as const;

/** One check as text, for a terminal or an issue. Whoever shows it masks it first. */
export const checkText = (check: CheckResult): string => {
  const line = `${String(check.number).padStart(2)} ${signs[check.status]} ${check.title}${check.detail ? `: ${check.detail}` : ''}`;
  if (!check.fault) return line;
  const { message, cause, mend, docs } = check.fault;
  return [
    line,
    `        ${message}`,
    `        Likely cause: ${cause}`,
    `        Mend: ${mend}`,
    `        See ${docs}`,
  ].join('\n');
};

export const diagnosisSummary = ({ checks, ms }: Diagnosis): string => {
  const count = (status: CheckResult['status']) => checks.filter((one) => one.status === status).length;
  const first = checks.find(({ status }) => status === 'failed');
  const counts = `${count('passed')} passed, ${count('failed')} failed, ${count('left-out')} left out (${Math.round(ms)} ms)`;
  return first
    ? `The chain breaks at ${first.number}, ${first.title}. ${counts}`
    : `Every check that could be asked passed. ${counts}`;
};

export const diagnosisText = (diagnosis: Diagnosis): string =>
  [...diagnosis.checks.map(checkText), '', diagnosisSummary(diagnosis)].join('\n');
