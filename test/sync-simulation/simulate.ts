import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Device } from './device.ts';
import { Dice } from './dice.ts';
import { chooseFaults } from './faults.ts';
import { foreignWrite } from './foreign-client.ts';
import { Journal } from './journal.ts';
import { Person } from './person.ts';
import { brokenPromises, differences } from './promises.ts';
import { Server, type Template } from './server.ts';
import { World } from './world.ts';

/** One simulation, whole: the same case goes the same way every time. */
export interface Case {
  seed: number;
  devices: number;
  /** How many things happen. */
  acts: number;
  /** Faults left out, and acts skipped: what shrinking found not to matter. */
  without: string[];
  skip: number[];
}

export interface Outcome {
  violations: string[];
  markers: number;
  /** Of all that the server has in the end, times included: equal for equal runs. */
  fingerprint: string;
}

const ACCOUNTS = ['user_ada', 'user_grace'] as const;
const CLOCK_JUMP_MS = 2 * 3_600_000;
const PATIENCE = 12;
/** Longer than a request may take to time out and the longest back-off after it. */
const RECOVERY_MS = 240_000;

export const simulate = async (
  template: Template,
  base: string,
  one: Case,
  look: (devices: readonly Device[], server: Server) => void = () => {},
): Promise<Outcome> => {
  const folder = mkdtempSync(join(base, 'run-'));
  const dice = new Dice(String(one.seed));
  const world = new World();
  const faults = chooseFaults(dice.fork('faults'), one.without);
  const server = new Server(world, dice.fork('server'), template, join(folder, 'fauna.db'));
  const journal = new Journal();
  const [main, other] = ACCOUNTS;
  const devices = Array.from(
    { length: one.devices },
    (_, at) =>
      new Device(`device-${'abcd'[at]}`, main, { world, server, faults, folder, dice: dice.fork(`device ${at}`) }),
  );
  const people = devices.map((device) => new Person(device, journal));
  const used = new Map(devices.map((device) => [device, new Set<string>([main])]));

  const act = async (device: Device, person: Person, turn: Dice): Promise<void> => {
    if (device.crashed) await device.end();
    if (turn.chance(faults.otherAccount)) {
      await device.end();
      device.account = device.account === main ? other : main;
      used.get(device)?.add(device.account);
    } else if (turn.chance(faults.restart)) await device.end();
    device.start();
    if (turn.chance(faults.partition)) device.network.cut();
    else if (turn.chance(0.3) && !device.network.up) {
      device.network.up = true;
      if (turn.chance(0.5)) device.engine?.reconnected();
    }
    if (turn.chance(faults.clockJump)) device.clockOff = Math.round(turn.between(-CLOCK_JUMP_MS, CLOCK_JUMP_MS));
    if (turn.chance(faults.signedOut)) device.signedIn = false;
    else if (turn.chance(0.5)) device.signedIn = true;
    if (turn.chance(faults.foreign)) foreignWrite(server, device.account, journal, turn);
    for (let times = 1 + turn.int(3); times > 0; times--) {
      person.act(turn, turn.chance(faults.poison));
      if (device.crashed) return;
    }
  };

  const settle = async (account: string): Promise<string[]> => {
    const those = devices.filter((device) => used.get(device)?.has(account));
    for (const device of devices) await device.end();
    for (const device of those) {
      device.account = account;
      device.start();
    }
    let found: string[] = [];
    for (let round = 0; round < PATIENCE; round++) {
      for (const device of those) device.engine?.reconnected();
      await world.pass(5_000 + round * 10_000);
      found = differences(those, server.documents(account), journal);
      if (found.length === 0) break;
    }
    return [...found, ...brokenPromises(account, those, journal)].map((what) => `${account}: ${what}`);
  };

  /** Whoever still runs must get over what went wrong by itself. */
  const recover = async (): Promise<string[]> => {
    for (const device of devices) device.engine?.reconnected();
    await world.pass(RECOVERY_MS);
    return devices.flatMap(({ engine, name }) => {
      const status = engine?.status();
      return status && status.state !== 'synced' ? [`${name} is still ${status.state} after ${RECOVERY_MS} ms`] : [];
    });
  };

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
      const pause = choosePause(own);
      if (!one.skip.includes(turn)) await act(devices[at] as Device, people[at] as Person, own);
      await world.pass(pause);
    }
    for (const device of devices) {
      if (device.crashed) await device.end();
      device.calm();
    }
    violations.push(...(await recover()));
    for (const account of ACCOUNTS) violations.push(...(await settle(account)));
    look(devices, server);
    const all = ACCOUNTS.map((account) => [...server.documents(account).values()]);
    const fingerprint = createHash('sha256').update(JSON.stringify(all)).digest('hex');
    return { violations, markers: journal.markers.size, fingerprint };
  } finally {
    process.off('unhandledRejection', rejected);
    process.off('uncaughtException', rejected);
    for (const device of devices) await device.end();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Mostly moments, at times minutes, seldom the better part of an hour. ms */
const choosePause = (dice: Dice): number => {
  const kind = dice.next();
  if (kind < 0.6) return dice.between(10, 1_500);
  if (kind < 0.9) return dice.between(1_500, 20_000);
  return kind < 0.98 ? dice.between(20_000, 120_000) : dice.between(120_000, 3_000_000);
};
