import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, expect, it } from 'vitest';
import { endState } from './support/end-state.ts';
import { environmentOf, runSetUp } from './support/run-set-up.ts';
import { type Servers, startServers } from './support/servers.ts';

const script = join(import.meta.dirname, '../../src/setup/run-setup.ts');

/** The command itself, killed when it says this; answers its exit code, null where a signal ended it. */
const runCommand = (
  servers: Servers,
  args: string[],
  killAt?: string,
): Promise<{ code: number | null; stdout: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
      cwd: servers.folder,
      env: { PATH: process.env.PATH, ...environmentOf(servers) },
    });
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (killAt && line.startsWith(killAt)) child.kill('SIGKILL');
    });
    child.on('close', (code) => resolve({ code, stdout }));
  });

let lines: string[] = [];
let wanted: unknown;
beforeAll(async () => {
  const servers = await startServers();
  lines = (await runSetUp(servers)).lines
    .filter((line) => /^(working|proved)/.test(line))
    .map((line) => line.replace(servers.folder, '').replace(/\(.*|user_.*/, ''));
  wanted = await endState(servers);
  await servers.close();
});

it('the process killed at every step and run again comes to the same end', async () => {
  // Eleven steps, and the proof; interrupted.test.ts cuts it off after every request besides.
  expect(lines.length).toBe(12);
  for (const [at, line] of lines.entries()) {
    const servers = await startServers();
    try {
      const what = line.split(' /')[0]?.trimEnd() ?? line;
      const killed = await runCommand(servers, ['--yes'], what);
      const again = await runCommand(servers, ['--yes', '--json']);
      expect({ at, line, code: again.code }).toEqual({ at, line, code: 0 });
      expect(JSON.parse(again.stdout)).toMatchObject({ ok: true, proof: { ok: true } });
      expect({ at, ...(await endState(servers)) }).toEqual({ at, ...(wanted as object) });
      // The last lines may come when the process has ended already.
      if (at < lines.length - 1) expect({ at, code: killed.code }).toEqual({ at, code: null });
    } finally {
      await servers.close();
    }
  }
}, 240_000);

it('without a terminal it asks for --yes by its exit code, and for what is missing by another', async () => {
  const servers = await startServers();
  try {
    const asked = await runCommand(servers, ['--json']);
    expect(asked.code).toBe(3);
    expect(JSON.parse(asked.stdout)).toMatchObject({ ok: false, result: 'needs-a-yes' });
    expect((await runCommand(servers, ['--json', '--fauna-key', ' ', '--claim', 'nonsense'])).code).toBe(2);
    expect((await runCommand(servers, ['--help'])).stdout).toContain('Exit codes: 0 done');
    const planned = await runCommand(servers, ['--dry-run', '--json']);
    expect(planned.code).toBe(0);
    expect(planned.stdout).not.toMatch(/sk_test_|root-secret/);
  } finally {
    await servers.close();
  }
});
