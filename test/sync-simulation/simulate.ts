import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { calmDown } from './calm-down.ts';
import { ACCOUNTS, type Case, type Cast, gather, type Outcome, type Surroundings } from './cast.ts';
import type { Device } from './device.ts';
import { Dice } from './dice.ts';
import { foreignWrite } from './foreign-client.ts';
import type { Person } from './person.ts';
import { isState } from './picture.ts';
import { unnamed } from './promises.ts';
import { roles } from './roles.ts';
import type { Server } from './server.ts';
import { Watch } from './vanished.ts';

const CLOCK_JUMP_MS = 2 * 3_600_000;
/** How likely a backup is made, at each thing a person does. */
const BACKUP = 0.08;
/**
 * While the role hides notes: how likely a device is started anew when somebody comes to it, and how much longer the
 * pause may be. A device seldom looks for what is missing, and nothing of it is to be seen once the role is right again.
 */
const HIDDEN_START = 0.7;
const HIDDEN_MS = 40_000;

export const simulate = async (
  around: Surroundings,
  one: Case,
  look: (devices: readonly Device[], server: Server) => void = () => {},
): Promise<Outcome> => {
  const folder = mkdtempSync(join(around.folder, 'run-'));
  const dice = new Dice(String(one.seed));
  const cast = gather(around, one, dice, folder);
  const { world, server, journal, misfortune, devices } = cast;
  const watch = new Watch(journal);
  const violations: string[] = [];
  const rejected = (error: unknown): void => {
    violations.push(`an error that nobody caught: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  };
  process.on('unhandledRejection', rejected);
  process.on('uncaughtException', rejected);
  try {
    for (let turn = 0; turn < one.acts; turn++) {
      const own = dice.fork(`act ${turn}`);
      const at = own.int(devices.length);
      let pause = choosePause(own);
      if (!one.skip.includes(turn)) await act(cast, at, own);
      if (server.role === 'hides some') pause += own.fork('hidden').between(0, HIDDEN_MS);
      await world.pass(pause);
      for (const device of devices) violations.push(...watch.vanished(device));
    }
    // What Fauna has lost no device can know before it asks.
    if (!cast.restored)
      for (const device of devices) violations.push(...unnamed(device, server.documents(device.account), journal));
    violations.push(...(await calmDown(cast, dice.fork('calm'))));
    look(devices, server);
    const all = ACCOUNTS.map((account) => [...server.documents(account).values()]);
    const fingerprint = createHash('sha256').update(JSON.stringify(all)).digest('hex');
    return { violations, markers: journal.markers.size, happened: misfortune.counts, fingerprint };
  } finally {
    process.off('unhandledRejection', rejected);
    process.off('uncaughtException', rejected);
    for (const device of devices) await device.end();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const act = async (cast: Cast, at: number, turn: Dice): Promise<void> => {
  const { server, journal, misfortune, used } = cast;
  const device = cast.devices[at] as Device;
  const person = cast.people[at] as Person;
  if (device.crashed) await device.end();
  await haveLuck(cast, device, turn.fork('luck'));
  if (misfortune.happens(turn, 'otherAccount')) {
    await device.end();
    device.account = device.account === ACCOUNTS[0] ? ACCOUNTS[1] : ACCOUNTS[0];
    used.get(device)?.add(device.account);
  } else if (misfortune.happens(turn, 'restart')) await device.end();
  device.start();
  if (misfortune.happens(turn, 'partition')) device.network.cut();
  else if (turn.chance(0.3) && !device.network.up) {
    device.network.up = true;
    if (turn.chance(0.5)) device.engine?.reconnected();
  }
  if (misfortune.happens(turn, 'clockJump')) device.clockOff = Math.round(turn.between(-CLOCK_JUMP_MS, CLOCK_JUMP_MS));
  if (misfortune.happens(turn, 'signedOut')) device.signedIn = false;
  else if (turn.chance(0.5)) device.signedIn = true;
  if (misfortune.happens(turn, 'foreign')) foreignWrite(server, device.account, journal, turn);
  for (let times = 1 + turn.int(3); times > 0; times--) {
    person.act(turn, misfortune.happens(turn, 'poison'));
    if (device.crashed) return;
  }
};

/** What befalls the whole team: a backup put back, a role that is not what it should be; and a newer Burrow. */
const haveLuck = async (cast: Cast, device: Device, dice: Dice): Promise<void> => {
  const { server, misfortune } = cast;
  if (misfortune.happens(dice, 'upgrade') && !device.upgraded) {
    await device.end();
    device.upgraded = true;
  }
  if (misfortune.happens(dice, 'role')) server.setRole(dice.pick(roles));
  else if (server.role !== 'right' && dice.chance(0.3)) server.setRole('right');
  // A device that starts now holds what it has against a list without what is hidden (sync/audit.ts).
  if (server.role === 'hides some' && dice.fork('start').chance(HIDDEN_START)) await device.end();
  if (misfortune.happens(dice, 'restore') && cast.backedUpAt !== null) {
    server.restore();
    const there = ACCOUNTS.flatMap((account) => [...server.documents(account).values()]);
    const bare = there.filter(({ state }) => !isState(state)).map(({ id }) => id);
    cast.journal.wentBackTo(cast.backedUpAt, bare);
    cast.restored = true;
    for (const { network } of cast.devices) network.endStreams();
  } else if (dice.chance(BACKUP)) {
    server.backUp();
    cast.backedUpAt = cast.journal.now;
  }
};

/** Mostly moments, at times minutes, seldom the better part of an hour. ms */
const choosePause = (dice: Dice): number => {
  const kind = dice.next();
  if (kind < 0.6) return dice.between(10, 1_500);
  if (kind < 0.9) return dice.between(1_500, 20_000);
  return kind < 0.98 ? dice.between(20_000, 120_000) : dice.between(120_000, 3_000_000);
};
