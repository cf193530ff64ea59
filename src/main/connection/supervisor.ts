import { z } from 'zod';
import { type Failure, FailureError, failure } from '../../shared/failure.ts';
import { connectOverPort, type PortClient } from '../../shared/http-over-port/client.ts';
import { log } from '../logging/log.ts';
import type { Fetch } from './fetch.ts';

const ready = z.object({ type: z.literal('ready'), rootKey: z.string(), secretKey: z.string() });
const failed = z.object({ type: z.literal('failed'), message: z.string() });

/** A process of the embedded services: Electron's utility process, or any other with a message port. */
export interface ServicesProcess {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

export interface EmbeddedKeys {
  rootKey: string;
  secretKey: string;
}

/** The embedded services as the rest of main sees them, whichever process they are in at the moment. */
export interface EmbeddedServices {
  /** Waits while the services are being started; rejects at once while they keep failing. */
  fetch: Fetch;
  /** The stack's own keys; main needs them for set-up and for the account on this computer. Waits and rejects like `fetch`. */
  keys(): Promise<EmbeddedKeys>;
  /** Why the services cannot be used: set once they have ended several times in a row, null again when they are up. */
  problem(): Failure | null;
  /** They are up, at the start and after every restart. */
  onUp(listener: () => void): void;
  /** `problem` has another value. */
  onProblem(listener: () => void): void;
  stop(): void;
}

/** How long to wait before starting again what has ended once, twice, … in a row; the last one repeats. */
const RESTART_AFTER_MS = [250, 1_000, 4_000, 15_000, 60_000];
/** A process that has run for so long ends a row of failures. */
const STEADY_MS = 60_000;
/** From so many failures in a row on the person is told; until then whoever asks just waits a little. */
const SEVERAL = 3;

const inWords = (times: number, why: string): Failure =>
  failure(
    'embedded-stack-failed',
    `Burrow's own services on this computer ended ${times} times in a row: ${why}.`,
    'Your notes are untouched and edits are saved. Burrow keeps trying; if it goes on, restart Burrow and look at its log.',
  );

type Up = EmbeddedKeys & { client: PortClient };

/** Runs the embedded services, and starts them again when their process ends. */
export const superviseServices = (options: {
  start: () => ServicesProcess;
  restartAfterMs?: readonly number[];
  steadyMs?: number;
}): EmbeddedServices => {
  const delays = options.restartAfterMs ?? RESTART_AFTER_MS;
  const upListeners: (() => void)[] = [];
  const problemListeners: (() => void)[] = [];
  const waiting: { resolve(up: Up): void; reject(error: Error): void }[] = [];
  let up: Up | null = null;
  let problem: Failure | null = null;
  let current: ServicesProcess | null = null;
  let failures = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const become = (next: Failure | null): void => {
    if (problem === next) return;
    problem = next;
    for (const listener of problemListeners) listener();
  };
  const refuseWaiting = (error: Error): void => {
    for (const { reject } of waiting.splice(0)) reject(error);
  };

  const started = (services: Up): void => {
    up = services;
    clearTimeout(timer);
    timer = setTimeout(() => {
      failures = 0;
    }, options.steadyMs ?? STEADY_MS);
    timer.unref();
    become(null);
    for (const { resolve } of waiting.splice(0)) resolve(services);
    for (const listener of upListeners) listener();
  };

  const ended = (why: string): void => {
    up = null;
    current = null;
    clearTimeout(timer);
    if (stopped) return;
    failures += 1;
    const delay = delays[Math.min(failures, delays.length) - 1] ?? 60_000;
    log.error(`services: ${why}; they are started again in ${delay} ms`);
    if (failures >= SEVERAL) {
      const words = inWords(failures, why);
      become(words);
      refuseWaiting(new FailureError(words));
    }
    timer = setTimeout(run, delay);
  };

  const run = (): void => {
    const child = options.start();
    current = child;
    const client = connectOverPort({ post: (message) => child.post(message), listen: child.onMessage });
    let over = false;
    const end = (why: string): void => {
      if (over) return;
      over = true;
      client.disconnect();
      ended(why);
    };
    child.onMessage((message) => {
      const good = ready.safeParse(message);
      if (good.success && !over) started({ client, ...good.data });
      const bad = failed.safeParse(message);
      if (!bad.success) return;
      child.kill();
      end(bad.data.message);
    });
    child.onExit((code) => end(`their process ended with code ${code}`));
  };

  const services = (): Promise<Up> => {
    if (up) return Promise.resolve(up);
    if (stopped) return Promise.reject(new TypeError('fetch failed: the embedded services were stopped'));
    if (problem) return Promise.reject(new FailureError(problem));
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };

  run();
  return {
    fetch: async (url, init) => (await services()).client.fetch(url, init),
    keys: async () => {
      const { rootKey, secretKey } = await services();
      return { rootKey, secretKey };
    },
    problem: () => problem,
    onUp: (listener) => void upListeners.push(listener),
    onProblem: (listener) => void problemListeners.push(listener),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      current?.kill();
      refuseWaiting(new TypeError('fetch failed: the embedded services were stopped'));
    },
  };
};
