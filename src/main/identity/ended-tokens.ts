import { z } from 'zod';
import type { SecretFile } from './secret-file.ts';

const tokens = z.array(z.string());

/** The client tokens of sessions that were signed out of here and may still live at Clerk. */
export interface EndedTokens {
  list(): Promise<string[]>;
  add(token: string): Promise<void>;
  remove(token: string): Promise<void>;
}

/** Kept as one secret, so that somebody who signs out twice while Clerk is out of reach leaves neither session behind. */
export const openEndedTokens = (file: SecretFile): EndedTokens => {
  const list = async (): Promise<string[]> => {
    const text = await file.read();
    try {
      return text === null ? [] : tokens.parse(JSON.parse(text));
    } catch {
      return [];
    }
  };

  // Changes follow one another: each builds on what the one before has left.
  let last: Promise<unknown> = Promise.resolve();
  const change = (next: (kept: string[]) => string[]): Promise<void> => {
    const step = async (): Promise<void> => {
      const kept = next(await list());
      await (kept.length > 0 ? file.write(JSON.stringify(kept)) : file.clear());
    };
    const done = last.then(step, step);
    last = done;
    return done;
  };

  return {
    list,
    add: (token) => change((kept) => [...kept.filter((one) => one !== token), token]),
    remove: (token) => change((kept) => kept.filter((one) => one !== token)),
  };
};
