import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../../src/main/diagnosis/diagnose.ts';
import { doctor } from '../../src/setup/doctor.ts';
import { readSettings } from '../../src/setup/settings.ts';
import { diagnosisText } from '../../src/shared/connection/diagnosis-text.ts';
import { accessFaults } from './support/access-faults.ts';
import { clerkFaults } from './support/clerk-faults.ts';
import type { Planted } from './support/faults.ts';
import { faunaFaults } from './support/fauna-faults.ts';
import { environmentOf, runSetUp } from './support/run-set-up.ts';
import { ROOT_KEY, SECRET_KEY, type Servers, startServers } from './support/servers.ts';
import { tokenFaults } from './support/token-faults.ts';

let finished: string;
let servers: Servers;

beforeAll(async () => {
  finished = mkdtempSync(join(tmpdir(), 'burrow-finished-'));
  const first = await startServers();
  await runSetUp(first);
  await first.close({ keep: finished });
  rmSync(join(finished, 'connection.json'));
});
afterAll(() => rmSync(finished, { recursive: true, force: true }));
afterEach(() => servers.close());

/** Servers that were set up, of one's own. */
const start = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-fault-'));
  cpSync(finished, folder, { recursive: true });
  servers = await startServers({ folder });
};

const ask = (planted: Planted = {}, env: Record<string, string> = {}) => {
  if (planted.connection) writeFileSync(join(servers.folder, 'connection.json'), planted.connection);
  const { settings } = readSettings([], {
    folder: servers.folder,
    env: { ...environmentOf(servers), ...env, ...planted.env },
  });
  return doctor({ settings, fetch, ...(planted.now ? { now: planted.now } : {}) });
};

const faults = [...clerkFaults, ...tokenFaults, ...faunaFaults, ...accessFaults];

describe(`the doctor names the link of each of ${faults.length} faults`, () => {
  it.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (_name, fault) => {
    await start();
    const diagnosis = await ask((await fault.plant(servers)) ?? {});
    const first = diagnosis.checks.find(({ status }) => status === 'failed');
    expect({ link: first?.id, code: first?.fault?.code }).toEqual({ link: fault.link, code: fault.code });
    const said = `${first?.fault?.message} ${first?.fault?.cause}`;
    if (typeof fault.says === 'string') expect(said).toContain(fault.says);
    else expect(said).toMatch(fault.says);
    expect(first?.fault?.mend).toMatch(/\w.*\.$/);
    expect(first?.fault?.docs).toBe(`docs/doctor.md#${fault.link}`);
    expect(diagnosis.ok).toBe(false);
    // One fault, one place: what hangs on it is left out and says so.
    const failed = diagnosis.checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
    expect(failed).toEqual([fault.link]);
    const text = diagnosisText(diagnosis);
    expect(text).not.toContain(SECRET_KEY);
    expect(text).not.toContain(ROOT_KEY);
    expect(text).not.toMatch(/ey[\w-]{8,}\.[\w-]+\.|fnA[\w-]{20,}/);
  });
});

it('finds nothing wrong where nothing is, and leaves nothing behind', async () => {
  await start();
  const diagnosis = await ask();
  expect(diagnosis.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(diagnosis).toMatchObject({ ok: true });
  expect(diagnosis.checks.map(({ number }) => number)).toEqual(checks.map((_, at) => at + 1));
  expect(await servers.api('GET', '/users/count')).toMatchObject({ total_count: 0 });
});

it('without any key it asks what it can and says what it left out', async () => {
  await start();
  const diagnosis = await ask({ env: { CLERK_SECRET_KEY: ' ', FAUNA_KEY: ' ', FAUNA_DOCTOR_KEY: ' ' } });
  expect(diagnosis.ok).toBe(true);
  expect(diagnosis.checks.find(({ id }) => id === 'session')).toMatchObject({
    status: 'left-out',
    detail: "needs Clerk's secret key (CLERK_SECRET_KEY), or the Connection screen of the app",
  });
});
