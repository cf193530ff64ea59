import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCampaign } from './campaign.ts';
import { generate } from './generate.ts';
import { problemOf } from './judge.ts';
import type { Case } from './send.ts';
import { createWorld, type World } from './world.ts';

const CASES = join(import.meta.dirname, 'cases');
const kept = readdirSync(CASES)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, Case] => [name, JSON.parse(readFileSync(join(CASES, name), 'utf8')) as Case]);

describe('what the fuzzer found once', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());

  it.each(kept)('%s is answered as it should be', async (_, request) => {
    expect(await problemOf(world, request)).toBeUndefined();
  });
});

describe('generated queries', () => {
  it('are the same ones again for the same seed', () => {
    expect(generate(7, 11)).toEqual(generate(7, 11));
    expect(generate(7, 11)).not.toEqual(generate(8, 11));
  });

  it('are all answered, none with a 500, and reads twice the same', { timeout: 60_000 }, async () => {
    expect(await runCampaign({ seed: 1, from: 0, count: 4000 })).toEqual([]);
  });
});
