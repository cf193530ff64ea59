import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectionFile } from '../../src/shared/connection/configuration.ts';
import { connectionFileOf, runSetUp } from '../setup/support/run-set-up.ts';
import { startServers } from '../setup/support/servers.ts';
import { newUserData, openBurrow } from './support/burrow.ts';
import { askFauna, goTo, seesSignIn, signUp } from './support/walk.ts';

test('from empty servers, one set-up, and the app signs in, asks Fauna and passes every check', async () => {
  const servers = await startServers();
  try {
    expect(await runSetUp(servers)).toMatchObject({ ok: true, result: 'set-up' });
    const userData = newUserData();
    const { window } = await openBurrow(userData, { env: { BURROW_CONNECTION: connectionFileOf(servers) } });
    await seesSignIn(window);
    await signUp(window, 'ada@example.com', 'correct horse battery');
    const said = await askFauna(window);
    expect(said.clerk).toMatch(/^user_/);
    expect(said.fauna).toBe(said.clerk);

    await window.getByRole('button', { name: 'Run all checks' }).click();
    await window
      .getByText(/^Every check that could be asked passed\. 2\d passed, 0 failed/)
      .waitFor({ timeout: 30_000 });
    expect(await window.locator('[data-check][data-status=failed]').count()).toBe(0);
    const leftOut = await window
      .locator('[data-check][data-status=left-out]')
      .evaluateAll((rows) => rows.map((row) => (row as unknown as { dataset: { check: string } }).dataset.check));
    expect(leftOut).toEqual([
      'database',
      'fauna-clock',
      'provider',
      'provider-audience',
      'provider-jwks',
      'provider-roles',
    ]);
    // The probes leave no note behind.
    await goTo(window, 'Notes');
    expect(await window.getByRole('list', { name: 'Notes' }).getByText('Burrow doctor').count()).toBe(0);

    // A planted fault is named on the screen, too.
    servers.twist.jwks = () => new Response('', { status: 502 });
    servers.twist.fauna = (request, real) =>
      request.headers.get('authorization')?.startsWith('Bearer ey')
        ? Response.json({ errors: [{ code: 'unauthorized', description: 'Unauthorized' }] }, { status: 401 })
        : real(request);
    await goTo(window, 'Connection');
    await window.getByRole('button', { name: 'Run all checks' }).click();
    await window.getByText(/The chain breaks at 21, Fauna accepts the token\./).waitFor({ timeout: 30_000 });
    await window.locator('[data-check=token-accepted]').getByText('docs/doctor.md#token-accepted').waitFor();
  } finally {
    await servers.close();
  }
});

test('own servers are chosen in the app: checked first, kept for the next start, and left again', async () => {
  const servers = await startServers();
  try {
    await runSetUp(servers);
    const userData = newUserData();
    const { window } = await openBurrow(userData, { env: { BURROW_CONNECTION: connectionFileOf(servers) } });
    await seesSignIn(window);
    await signUp(window, 'ada@example.com', 'correct horse battery');
    await goTo(window, 'Connection');
    const chosen = join(userData, 'connection.json');

    await window.getByLabel('FaunaDB address').fill('https://127.0.0.1:54321');
    await window.getByRole('button', { name: 'Check and save' }).click();
    await window.getByText('Not saved: a check failed').waitFor({ timeout: 30_000 });
    expect(existsSync(chosen)).toBe(false);

    await window.getByLabel('FaunaDB address').fill('http://db.example.com');
    await window.getByRole('button', { name: 'Check and save' }).click();
    await window.getByText('This was not saved').waitFor();
    expect(existsSync(chosen)).toBe(false);

    await window.getByLabel('FaunaDB address').fill(servers.faunaEndpoint);
    await window.getByRole('button', { name: 'Check and save' }).click();
    await window.getByText('Close Burrow and start it again to use these servers.').waitFor();
    expect(connectionFile.parse(JSON.parse(readFileSync(chosen, 'utf8')))).toEqual({
      clerk: { publishableKey: servers.publishableKey, template: 'fauna', frontendApi: servers.frontendApi },
      fauna: { endpoint: servers.faunaEndpoint },
    });

    await window.getByRole('button', { name: 'Use the embedded stack' }).click();
    await window.getByText('Close Burrow and start it again to leave your servers').waitFor();
    expect(existsSync(chosen)).toBe(false);
  } finally {
    await servers.close();
  }
});
