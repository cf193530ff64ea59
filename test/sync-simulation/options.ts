import { parseArgs } from 'node:util';
import { mutations } from './mutations.ts';

export const USAGE = `npm run simulate -- [--seeds N] [--devices 1-4] [--acts N]     committed cases, then seeds 1 to N (200)
npm run simulate -- --seed S [--devices 1-4] [--acts N]       one seed
npm run simulate -- --mutations [--seeds N] [--only PART]     each fault of mutations.ts, or those with PART in their
                                                              name: which committed case or seed (1000) finds it
Exit code: 0 all is well, 1 a promise was broken or a fault not found, 2 this is not how to call it.`;

export interface RunOptions {
  /** The first seed, and how many. */
  first: number;
  count: number;
  /** Null: two to four, by the seed. */
  devices: number | null;
  acts: number;
  /** Committed cases run before the seeds. */
  committed: boolean;
  /** Names of the faults to put in, one after the other; null: none. */
  mutations: string[] | null;
}

/** What to print instead of running: the usage alone, or what was wrong before it. */
export class UsageError extends Error {
  readonly exitCode: 0 | 2;

  constructor(message: string, exitCode: 0 | 2 = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

const ACTS = 40;

/** Throws UsageError, with a sentence, for anything that cannot be meant. */
export const readOptions = (args: string[]): RunOptions => {
  const { seeds, seed, devices, acts, mutations: mutated, only, help } = parse(args);
  if (help) throw new UsageError('Tries whether the promises of docs/sync.md hold, whatever goes wrong.', 0);
  if (seed !== undefined && seeds !== undefined) throw new UsageError('Give either --seed or --seeds.');
  if (seed !== undefined && mutated) throw new UsageError('--mutations takes --seeds, not --seed.');
  if (only !== undefined && !mutated) throw new UsageError('--only belongs to --mutations.');
  const names = mutations.map(({ name }) => name).filter((name) => name.includes(only ?? ''));
  if (names.length === 0)
    throw new UsageError(
      `No mutation has "${only}" in its name. There are:\n${mutations.map((one) => `  ${one.name}`).join('\n')}`,
    );
  return {
    first: number('--seed', seed, 1, 1, Number.MAX_SAFE_INTEGER),
    count: seed === undefined ? number('--seeds', seeds, mutated ? 1_000 : 200, 1, 10_000_000) : 1,
    devices: devices === undefined ? null : number('--devices', devices, 2, 1, 4),
    acts: number('--acts', acts, ACTS, 1, 10_000),
    committed: seed === undefined,
    mutations: mutated ? names : null,
  };
};

const parse = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        seeds: { type: 'string' },
        seed: { type: 'string' },
        devices: { type: 'string' },
        acts: { type: 'string' },
        mutations: { type: 'boolean', default: false },
        only: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

const number = (option: string, text: string | undefined, usual: number, least: number, most: number): number => {
  if (text === undefined) return usual;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`${option} takes a whole number from ${least} to ${most}, not "${text}".`);
  return value;
};
