import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Case } from './cast.ts';

const folder = new URL('./cases/', import.meta.url);

/** Cases that failed once: they run before anything else. */
export const committedCases = (): Case[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Case);

export const writeCase = (one: Case): string => {
  const name = `seed-${one.seed}.json`;
  writeFileSync(new URL(name, folder), `${JSON.stringify(one)}\n`);
  return `test/sync-simulation/cases/${name}`;
};

/** Two to four devices by the seed, unless it is said how many. */
export const caseOf = (seed: number, devices: number | null = null, acts = 40): Case => ({
  seed,
  devices: devices ?? 2 + (seed % 3),
  acts,
  without: [],
  skip: [],
});
