import { fail, type Outcome } from '../../shared/failure.ts';
import { type FaunaToken, readFaunaToken } from './fauna-claims.ts';

/** Where a Fauna JWT comes from: the window's clerk-js, or the Frontend API when no window is open. */
export type TokenSource = () => Promise<Outcome<string>>;

export interface TokenBroker {
  /** A token that is good for a while yet; asks for a new one when needed. Calls at the same time share one request. */
  get(): Promise<Outcome<FaunaToken>>;
  /** Fauna refused the token, or the person signed out: forget it. */
  forget(): void;
}

/** A token with less life than this left is not handed out: the request must arrive before it ends. */
const MARGIN_MS = 10_000;

export const createTokenBroker = (options: {
  source: TokenSource;
  issuer: string;
  template: string;
  /** Who is signed in, or null. */
  userId: () => string | null;
  now: () => number;
}): TokenBroker => {
  let current: FaunaToken | null = null;
  let asking: Promise<Outcome<FaunaToken>> | null = null;

  // Raised by `forget`: what was asked for before it is handed to whoever waits, but not kept.
  let forgotten = 0;

  const ask = async (): Promise<Outcome<FaunaToken>> => {
    const began = forgotten;
    const userId = options.userId();
    if (!userId) return fail('not-signed-in', 'Nobody is signed in.', 'Sign in first.');
    const secret = await options.source();
    if (!secret.ok) return secret;
    // The person may have signed out, or in as somebody else, while the token was on its way.
    if (options.userId() !== userId) return fail('not-signed-in', 'The account changed.', 'Try again.');
    const token = readFaunaToken(secret.value, {
      issuer: options.issuer,
      template: options.template,
      userId,
      now: options.now(),
    });
    if (token.ok && forgotten === began) current = token.value;
    return token;
  };

  const fresh = (token: FaunaToken) =>
    token.expiresAt - options.now() > MARGIN_MS && token.claims.sub === options.userId();

  return {
    get: () => {
      if (current && fresh(current)) return Promise.resolve({ ok: true, value: current });
      if (asking) return asking;
      const mine = ask().finally(() => {
        if (asking === mine) asking = null;
      });
      asking = mine;
      return mine;
    },
    forget: () => {
      forgotten += 1;
      current = null;
      // Somebody else who signs in must not wait for an answer that was meant for the one before.
      asking = null;
    },
  };
};
