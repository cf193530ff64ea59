import type { TokenSource } from '../../src/main/sync/surroundings.ts';
import { fail, succeed } from '../../src/shared/failure.ts';
import type { Dice } from './dice.ts';
import { makeToken, type Network } from './network.ts';
import type { World } from './world.ts';

const LIFETIME_MS = 60_000;
const MARGIN_MS = 10_000;

/** What the token broker does, with Clerk behind the same network. */
export const createTokens = (parts: {
  world: World;
  dice: Dice;
  network: Network;
  sub: string;
  /** The device's own idea of the time. */
  now: () => number;
  signedIn: () => boolean;
}): TokenSource => {
  const { world, dice, network } = parts;
  let current: { secret: string; expiresAt: number } | null = null;
  return {
    get: () => {
      if (current && current.expiresAt - parts.now() > MARGIN_MS) return Promise.resolve(succeed(current));
      return new Promise((resolve) => {
        world.after(dice.between(1, 50), () => {
          if (!network.up) return resolve(fail('clerk-unreachable', 'Clerk cannot be reached right now.'));
          if (!parts.signedIn()) return resolve(fail('not-signed-in', 'Nobody is signed in.'));
          const expiresAt = world.now + LIFETIME_MS;
          // The broker says so when a clock that is far ahead makes every token look old.
          if (expiresAt <= parts.now()) return resolve(fail('fauna-token-expired', 'Expired when it arrives.'));
          current = { secret: makeToken(parts.sub, expiresAt), expiresAt };
          resolve(succeed(current));
        });
      });
    },
    forget: () => {
      current = null;
    },
  };
};
