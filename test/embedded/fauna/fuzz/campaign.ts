/** Runs the cases of a seed, one after the other, and says which fail and how little of each is enough. */
import { generate } from './generate.ts';
import { problemOf } from './judge.ts';
import { type Connection, canSend, overHttp2 } from './over-http2.ts';
import type { Case } from './send.ts';
import { shrink } from './shrink.ts';
import { createWorld, type World } from './world.ts';

export interface Found {
  readonly index: number;
  readonly problem: string;
  readonly request: Case;
}

export interface CampaignOptions {
  readonly seed: number;
  /** The first case's number. */
  readonly from: number;
  readonly count: number;
  /** Told before each case. */
  readonly onCase?: (index: number) => void;
  readonly onFound?: (found: Found) => void;
}

/** Cases write and delete: after this many the world is made anew. */
export const WORLD_LASTS = 1000;
/** Every so many go over HTTP/2, and every so many of the others are given up half way. */
const HTTP2_EVERY = 25;
const GIVEN_UP_EVERY = 250;
/** Every so many worlds run on threads. */
const THREADS_EVERY = 4;

export async function runCampaign({ seed, from, count, onCase, onFound }: CampaignOptions): Promise<Found[]> {
  const found: Found[] = [];
  for (let start = from; start < from + count; start += WORLD_LASTS) {
    const world = await createWorld({ threads: Math.floor(start / WORLD_LASTS) % THREADS_EVERY === THREADS_EVERY - 1 });
    const connection = await overHttp2(world);
    try {
      for (let index = start; index < Math.min(start + WORLD_LASTS, from + count); index += 1) {
        onCase?.(index);
        const failure = await runCase(world, connection, seed, index);
        if (!failure) continue;
        found.push(failure);
        onFound?.(failure);
      }
    } finally {
      await connection.close();
      await world.close();
    }
  }
  return found;
}

async function runCase(world: World, connection: Connection, seed: number, index: number): Promise<Found | undefined> {
  const generated = generate(seed, index);
  const { request } = generated;
  const isSendable = canSend(request);
  if (isSendable && index % GIVEN_UP_EVERY === 1) await connection.giveUp(world.fill(request));
  const overWire = isSendable && index % HTTP2_EVERY === 0;
  const judge = (it: Case): Promise<string | undefined> =>
    problemOf(world, it, overWire ? (sent) => connection.send(sent) : undefined);
  const problem = await judge(request);
  if (problem === undefined) return undefined;
  const smaller = await shrink(generated, async (it) => (await judge(it)) !== undefined);
  return { index, problem: (await judge(smaller)) ?? problem, request: smaller };
}
