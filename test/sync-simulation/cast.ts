import { join } from 'node:path';
import type { Builds } from './builds.ts';
import { Device } from './device.ts';
import type { Dice } from './dice.ts';
import { type Fault, Misfortune } from './faults.ts';
import { Journal } from './journal.ts';
import { Person } from './person.ts';
import { Server } from './server.ts';
import type { Template } from './template.ts';
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
  /** How often each fault happened. */
  happened: Partial<Record<Fault, number>>;
  /** Of all that the server has in the end, times included: equal for equal runs. */
  fingerprint: string;
}

export interface Surroundings {
  template: Template;
  builds: Builds;
  folder: string;
}

export const ACCOUNTS = ['user_ada', 'user_grace'] as const;
/** All that takes part in one simulation. */
export interface Cast {
  world: World;
  server: Server;
  journal: Journal;
  misfortune: Misfortune;
  devices: Device[];
  people: Person[];
  /** Which accounts each device has had. */
  used: Map<Device, Set<string>>;
  /** When Fauna was last backed up, in the journal's order; null: not yet. */
  backedUpAt: number | null;
  /** Fauna was restored from a backup at least once. */
  restored: boolean;
}

/** A story begins: nobody has written anything yet. */
export const gather = ({ template, builds }: Surroundings, one: Case, dice: Dice, folder: string): Cast => {
  const world = new World();
  const misfortune = new Misfortune(dice.fork('faults'), one.without);
  const server = new Server({ world, dice: dice.fork('server'), template, file: join(folder, 'fauna.db') });
  const journal = new Journal();
  const small = dice.fork('build').chance(0.6);
  const mine = small
    ? { old: builds.small, newer: builds['newer-small'] }
    : { old: builds.usual, newer: builds['newer-usual'] };
  const devices = Array.from({ length: one.devices }, (_, at) => {
    const parts = { world, server, misfortune, folder, builds: mine, dice: dice.fork(`device ${at}`) };
    return new Device(`device-${'abcd'[at]}`, ACCOUNTS[0], parts);
  });
  const people = devices.map((device) => new Person(device, journal));
  const used = new Map(devices.map((device) => [device, new Set<string>([ACCOUNTS[0]])]));
  return { world, server, journal, misfortune, devices, people, used, backedUpAt: null, restored: false };
};
