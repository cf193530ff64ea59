import { ACCOUNTS, type Cast } from './cast.ts';
import type { Device } from './device.ts';
import type { Dice } from './dice.ts';
import { differences } from './differences.ts';
import { brokenPromises, missed, unfindable } from './promises.ts';

const PATIENCE = 12;
/** Longer than a request may take to time out and the longest back-off after it. */
const RECOVERY_MS = 240_000;
/** After so long every engine has looked for what nobody told it. */
const AUDITED_MS = 75 * 60_000;

/** Nothing goes wrong any more: whatever is not as promised then is a fault. */
export const calmDown = async (cast: Cast, dice: Dice): Promise<string[]> => {
  const { server, journal, devices } = cast;
  for (const device of devices) {
    if (device.crashed) await device.end();
    device.calm();
  }
  server.setRole('right');
  const found = await recover(cast);
  for (const account of ACCOUNTS) found.push(...(await settle(cast, account)));
  const twoFormats = devices.some(({ upgraded }) => upgraded);
  if (twoFormats) {
    for (const device of devices) device.upgraded = true;
    for (const account of ACCOUNTS) found.push(...(await settle(cast, account)));
  }
  for (const account of ACCOUNTS) {
    const those = await startAll(cast, account);
    found.push(
      ...brokenPromises(account, those, journal, twoFormats && cast.restored).map((what) => `${account}: ${what}`),
    );
    for (const device of those) {
      found.push(...(await unfindable(device, journal, dice.int(1_000))));
      if (!cast.restored && !cast.misfortune.counts.role) found.push(...missed(device));
    }
    for (const id of server.documents(account).keys()) {
      const formats = server.formats(id);
      if (formats.some((format, at) => format < (formats[at - 1] ?? 0)))
        found.push(`note ${id} went back to an older format: ${formats.join(', ')}`);
    }
  }
  return found;
};

/** Whoever still runs must get over what went wrong by itself, and learn all there is to know without a restart. */
const recover = async (cast: Cast): Promise<string[]> => {
  const { world, server, journal, devices } = cast;
  for (const device of devices) device.engine?.reconnected();
  await world.pass(RECOVERY_MS);
  const found = devices.flatMap(({ engine, name }) => {
    const status = engine?.status();
    return status && status.state !== 'synced'
      ? [`${name} is still ${status.state} after ${RECOVERY_MS} ms: ${JSON.stringify(status)}`]
      : [];
  });
  if (found.length > 0) return found;
  for (const { store, engine } of devices) {
    // What the person does about notes that were set aside: Try again.
    store?.sync.retry();
    engine?.syncNow();
  }
  for (const account of ACCOUNTS) {
    const running = devices.filter((device) => device.engine && device.account === account);
    if (running.length === 0) continue;
    const different = (): string[] => differences(running, server.documents(account), journal);
    let last = different();
    for (const ms of [10_000, 60_000, AUDITED_MS]) {
      if (last.length === 0) break;
      await world.pass(ms);
      last = different();
    }
    found.push(...last.map((what) => `${account}, without a restart: ${what}`));
  }
  return found;
};

const startAll = async ({ devices, used }: Cast, account: string): Promise<Device[]> => {
  const those = devices.filter((device) => used.get(device)?.has(account));
  for (const device of devices) await device.end();
  for (const device of those) {
    device.account = account;
    device.start();
  }
  return those;
};

const settle = async (cast: Cast, account: string): Promise<string[]> => {
  const those = await startAll(cast, account);
  let found: string[] = [];
  for (let round = 0; round < PATIENCE; round++) {
    for (const device of those) device.engine?.reconnected();
    await cast.world.pass(5_000 + round * 10_000);
    found = differences(those, cast.server.documents(account), cast.journal);
    if (found.length === 0) break;
  }
  return found.map((what) => `${account}: ${what}`);
};
