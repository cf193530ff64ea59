/** The case of a seed and a number: always the same one. */
import { randomExpression, randomSubject } from './expressions.ts';
import { asGet, hostileBytes, hostileText, mutated, wrapped } from './hostile.ts';
import { createRandom } from './random.ts';
import type { Case } from './send.ts';
import { type Tree, write } from './tree.ts';
import { SECRETS } from './world.ts';

export interface Generated {
  readonly request: Case;
  /** What its body was written from, if it is just that. */
  readonly tree: Tree | undefined;
}

const STREAMS = ['/stream', '/stream', '/stream?fields=action,document,diff,prev,index', '/stream?fields=diff'];

export function generate(seed: number, index: number): Generated {
  const random = createRandom(seed, index);
  const whole = randomExpression(random, 1 + random.below(random.chance(0.5) ? 3 : 6));
  const tree = random.chance(0.2) ? mutated(random, whole) : whole;
  const text = write(tree);
  const request: Case = { secret: random.pick(SECRETS), body: text };
  const kind = random.next();
  if (kind < 0.82) return { request, tree };
  if (kind < 0.87) return { request: { ...request, body: hostileText(random, text) }, tree: undefined };
  if (kind < 0.89) {
    const { body: _, ...rest } = request;
    return { request: { ...rest, bytes: hostileBytes(random, text) }, tree: undefined };
  }
  if (kind < 0.92) return { request: { ...request, ...asGet(tree) }, tree: undefined };
  if (kind < 0.94) {
    const subject = random.chance(0.7) ? randomSubject(random) : tree;
    return { request: { ...request, body: write(subject), path: random.pick(STREAMS) }, tree: subject };
  }
  return { request: wrapped(random, request), tree: undefined };
}
