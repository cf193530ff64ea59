import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp, restore } from '../embedded/fauna/store/backup.ts';
import { listen } from '../embedded/http/listen.ts';
import { openStack } from '../embedded/stack.ts';
import { setUpFauna } from '../main/fauna/schema/set-up.ts';
import { ensureJwtTemplate } from '../main/identity/jwt-template.ts';
import { bundleFaunaWorker } from './bundle-fauna-worker.ts';

/**
 * `npm run embedded`: the embedded stack alone, on loopback, set up as the app would. Prints one JSON line when ready;
 * SIGTERM and SIGINT end it, the data stay.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    'fauna-port': { type: 'string', default: '8443' },
    'clerk-port': { type: 'string', default: '8444' },
    'root-key': { type: 'string' },
    'safe-access-providers': { type: 'string' },
    /** Copies Fauna's data to FILE, which may be done while the stack runs, and ends. */
    backup: { type: 'string' },
    /** Puts a backup in the place of Fauna's data, which are kept beside it, and ends. */
    restore: { type: 'string' },
    template: { type: 'string', default: 'fauna' },
    /** No set-up: for whoever wants to see npm run setup do it. */
    bare: { type: 'boolean', default: false },
  },
});

const usage =
  'npm run embedded -- --data DIR [--fauna-port N] [--clerk-port N] [--root-key SECRET] [--safe-access-providers HOST] [--bare]\n' +
  'npm run embedded -- --data DIR (--backup FILE | --restore FILE)';
const port = (text: string, flag: string): number => {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number < 65_536) return number;
  throw new Error(`--${flag} must be a port number from 0 to 65535`);
};

const run = async (): Promise<void> => {
  if (!values.data) throw new Error('--data DIR is missing: where the stack keeps its data');
  const file = join(values.data, 'fauna.db');
  if (values.backup) {
    await backUp(file, values.backup);
    return console.log(JSON.stringify({ backup: values.backup }));
  }
  if (values.restore) {
    const { kept } = restore(values.restore, file);
    return console.log(JSON.stringify({ restored: values.restore, ...(kept ? { kept } : {}) }));
  }
  const faunaPort = port(values['fauna-port'], 'fauna-port');
  const clerkPort = port(values['clerk-port'], 'clerk-port');
  const safeAccessProviders = values['safe-access-providers'];
  mkdirSync(values.data, { recursive: true, mode: 0o700 });
  const stack = await openStack({
    data: values.data,
    faunaWorker: await bundleFaunaWorker(values.data),
    ...(values['root-key'] ? { rootKey: values['root-key'] } : {}),
    ...(safeAccessProviders ? { safeAccessProviders } : {}),
  });
  const fauna = await listen(stack.fauna, { port: faunaPort });
  const clerk = await listen(stack.clerk, { port: clerkPort });
  const endpoint = `http://127.0.0.1:${fauna.port}`;
  const frontendApi = `http://127.0.0.1:${clerk.port}`;

  const { issuer, jwksUri, keys, publishableKey } = stack;
  if (!values.bare) {
    const { audience } = await setUpFauna({ endpoint, adminKey: keys.rootKey, fetch, issuer, jwksUri });
    const { secretKey } = keys;
    await ensureJwtTemplate({ backendApi: frontendApi, secretKey, fetch, name: values.template, audience });
  }

  console.log(
    JSON.stringify({
      fauna: { endpoint, rootKey: keys.rootKey },
      clerk: { publishableKey, frontendApi, issuer, jwksUri, secretKey: keys.secretKey },
    }),
  );

  const stop = async () => {
    await Promise.all([fauna.close(), clerk.close()]);
    await stack.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};

run().catch((error: unknown) => {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  process.exit(1);
});
