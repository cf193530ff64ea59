import { createBackOff } from './back-off.ts';
import type { FaunaGateway } from './gateway.ts';
import { failureOf, TokenError } from './session.ts';
import type { Clock, Random, Timers, TokenSource } from './surroundings.ts';

/** A stream dies at the first event after its token's `exp`: the next one is open this long before. */
const RENEW_BEFORE_MS = 8_000;
const SHORTEST_MS = 2_000;

export interface Live {
  /** Opens the stream if there is none and none is being tried again already. */
  ensure(): void;
  /** Tries again at once. */
  reconnect(): void;
  readonly connected: boolean;
  /** True once when a note left the set and did not come back. */
  takeRemoved(): boolean;
  stop(): void;
}

interface Stream {
  close: () => void;
}

/** The stream on this owner's notes: it says when to pull, and never what is true. Without it, polling goes on. */
export const createLive = (options: {
  gateway: FaunaGateway;
  tokens: TokenSource;
  timers: Timers;
  clock: Clock;
  random: Random;
  /** A transaction touched the notes at this time; null: something may have been missed. */
  hint: (ts: number | null) => void;
  changed: (connected: boolean, code: string | null) => void;
}): Live => {
  const { gateway, tokens, timers, clock } = options;
  const backOff = createBackOff(options.random);
  let stopped = false;
  let current: Stream | null = null;
  let opening: Stream | null = null;
  let callOff: (() => void) | null = null;
  let asking = false;
  const removed = new Set<string>();

  const later = (ms: number, call: () => void): void => {
    callOff?.();
    callOff = timers.after(ms, () => {
      callOff = null;
      call();
    });
  };

  const failed = (error: unknown): void => {
    if (stopped) return;
    options.changed(current !== null, failureOf(error).code);
    later(backOff.next(), () => void open());
  };

  const open = async (): Promise<void> => {
    if (stopped || asking || opening) return;
    asking = true;
    const token = await tokens.get();
    asking = false;
    if (stopped) return;
    if (!token.ok) return failed(new TokenError(token.failure));
    const { secret, expiresAt } = token.value;
    const stream: Stream = { close: () => {} };
    opening = stream;
    stream.close = gateway.watch(secret, {
      started: () => {
        if (stopped || opening !== stream) return;
        const before = current;
        current = stream;
        opening = null;
        before?.close();
        backOff.reset();
        options.changed(true, null);
        // What happened between the last pull and the start of the stream is not told by it.
        options.hint(null);
        if (expiresAt !== Number.POSITIVE_INFINITY)
          later(Math.max(SHORTEST_MS, expiresAt - clock.now() - RENEW_BEFORE_MS), () => void open());
      },
      event: ({ action, id, ts }) => {
        if (stopped || current !== stream) return;
        // An edit takes the note out of its old place and puts it in at the new one; a deletion only takes it out.
        if (action === 'remove') removed.add(id);
        else removed.delete(id);
        options.hint(ts);
      },
      ended: (error) => {
        if (stopped || (opening !== stream && current !== stream)) return;
        if (opening === stream) opening = null;
        if (current === stream) current = null;
        if (failureOf(error).code === 'fauna-refused-token') tokens.forget();
        failed(error);
      },
    });
  };

  return {
    ensure: () => {
      if (!current && !opening && !callOff) void open();
    },
    reconnect: () => {
      if (current || opening || stopped) return;
      backOff.reset();
      callOff?.();
      callOff = null;
      void open();
    },
    get connected() {
      return current !== null;
    },
    takeRemoved: () => {
      const some = removed.size > 0;
      removed.clear();
      return some;
    },
    stop: () => {
      stopped = true;
      callOff?.();
      current?.close();
      opening?.close();
      current = opening = null;
    },
  };
};
