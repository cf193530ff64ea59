import type { CheckResult } from '../../../src/shared/connection/diagnosis.ts';

const check = (number: number, id: string, title: string, detail = ''): CheckResult => ({
  number,
  id,
  title,
  status: 'passed',
  detail,
  fault: null,
  ms: 3,
});

/** A few checks of the doctor, as main would send them. */
export const sampleChecks = (failing: boolean): CheckResult[] => [
  check(1, 'publishable-key', 'The publishable key decodes', 'clerk.notes.local, development'),
  { ...check(15, 'database', "The key opens Burrow's database"), status: 'left-out', detail: 'needs a key of Fauna' },
  failing
    ? {
        ...check(21, 'token-accepted', 'Fauna accepts the token'),
        status: 'failed',
        fault: {
          code: 'token-refused',
          message: 'Fauna refuses the token.',
          cause: 'The audience does not fit.',
          mend: 'Run npm run doctor with a key of Fauna: it compares them one by one.',
          docs: 'docs/doctor.md#token-accepted',
        },
      }
    : check(21, 'token-accepted', 'Fauna accepts the token'),
  check(27, 'latency', 'Fauna answers quickly', '3 ms'),
];
