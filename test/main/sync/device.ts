import { onTestFinished } from 'vitest';
import type { Probe } from '../../../src/main/notes/file/store-file.ts';
import { systemRandom } from '../../../src/main/notes/surroundings.ts';
import { createSyncEngine } from '../../../src/main/sync/engine.ts';
import type { FaunaGateway } from '../../../src/main/sync/gateway.ts';
import { systemTimers, type TokenSource } from '../../../src/main/sync/surroundings.ts';
import type { SyncStatus } from '../../../src/shared/sync/status.ts';
import { ACCOUNT, openStore } from '../notes/helpers.ts';

/** A store with a running engine. */
export const startDevice = (options: {
  gateway: FaunaGateway;
  token: TokenSource | string;
  device?: string;
  file?: string;
  probe?: Probe;
}) => {
  const { gateway, token } = options;
  const store = openStore({
    account: ACCOUNT,
    device: options.device ?? 'laptop',
    ...(options.file ? { file: options.file } : {}),
    ...(options.probe ? { probe: options.probe } : {}),
  });
  const engine = createSyncEngine({
    notes: store,
    gateway,
    token:
      typeof token === 'string'
        ? { get: async () => ({ ok: true, value: { secret: token, expiresAt: Date.now() + 3_600_000 } }), forget() {} }
        : token,
    clock: { now: () => Date.now() },
    timers: systemTimers,
    random: systemRandom,
  });
  const told: SyncStatus[] = [];
  engine.on('status', (status) => told.push(status));
  onTestFinished(() => engine.stop());
  engine.start();
  return { store, engine, told };
};
