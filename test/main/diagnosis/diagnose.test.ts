import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { embeddedConnection } from '../../../src/main/connection/configuration.ts';
import { checks, diagnose } from '../../../src/main/diagnosis/diagnose.ts';
import { diagnosisSummary, diagnosisText } from '../../../src/shared/connection/diagnosis-text.ts';
import { fail } from '../../../src/shared/failure.ts';

const nobodyHome = () =>
  diagnose({
    connection: embeddedConnection(),
    problem: null,
    fetch: () => Promise.reject(new TypeError('offline')),
    now: Date.now,
    session: async () => fail('not-signed-in', 'Nobody is signed in.'),
    faunaToken: async () => fail('not-signed-in', 'Nobody is signed in.'),
    freshToken: false,
    backendApi: null,
    faunaKey: null,
  });

it('every check has its section in docs/doctor.md, in the same order', () => {
  const headings = readFileSync('docs/doctor.md', 'utf8').match(/(?<=^## )[a-z-]+$/gm);
  expect(headings).toEqual(checks.map(({ id }) => id));
});

it('a check may only ask for checks before it', () => {
  checks.forEach(({ after, unless = [] }, at) => {
    const before = checks.slice(0, at).map(({ id }) => id);
    for (const one of [...after, ...unless]) expect(before).toContain(one);
  });
});

it('with nothing in reach it names both addresses and leaves the rest out', async () => {
  const diagnosis = await nobodyHome();
  expect(diagnosis.checks.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([
    'frontend-api',
    'fauna',
  ]);
  expect(diagnosis.checks.find(({ id }) => id === 'session')?.detail).toBe('because 4 was left out');
  expect(diagnosisSummary(diagnosis)).toMatch(
    /^The chain breaks at 2, Clerk's Frontend API answers\. 1 passed, 2 failed, 24 left out/,
  );
  expect(diagnosisText(diagnosis)).toContain(
    [
      " 2 FAIL Clerk's Frontend API answers",
      "        Clerk's Frontend API at https://clerk.burrow.internal cannot be reached: the network refuses.",
      '        Likely cause: This computer is offline, a proxy or firewall is in between, or the Clerk instance is gone.',
    ].join('\n'),
  );
});
