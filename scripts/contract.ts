import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './support/build.ts';

/** `npm run test:contract -- --endpoint URL --key KEY`: proves a Fauna by the app's own tests (docs/self-hosting.md). */
const usage = `npm run test:contract -- --endpoint URL --key KEY [--jwks-port N]

  --endpoint URL   the Fauna to try
  --key KEY        its root key, or an admin key; databases named burrow_contract_… are made with it and removed
  --jwks-port N    the port of this computer where the tests publish their keys (any free one);
                   Fauna must fetch https://localhost:N as plain http: -Dfauna.safe.access.providers=localhost`;

const read = () => {
  try {
    return parseArgs({
      options: { endpoint: { type: 'string' }, key: { type: 'string' }, 'jwks-port': { type: 'string' } },
    }).values;
  } catch {
    return {};
  }
};

const { endpoint, key, 'jwks-port': port } = read();
if (!endpoint || !key || !URL.canParse(endpoint)) {
  console.error(usage);
  process.exit(2);
}
const run = spawnSync(
  process.execPath,
  [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', 'vitest.contract.config.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      BURROW_CONTRACT_ENDPOINT: endpoint.replace(/\/+$/, ''),
      BURROW_CONTRACT_KEY: key,
      ...(port ? { BURROW_CONTRACT_JWKS_PORT: port } : {}),
    },
  },
);
process.exit(run.status ?? 1);
