import { randomUUID } from 'node:crypto';
import { fail, type Outcome, succeed } from '../../shared/failure.ts';
import type { TokenSource } from './token-broker.ts';

export interface WindowTokenSource {
  source: TokenSource;
  /** The window's answer; false when nobody asked (a late or made-up one). */
  provide(request: string, token: string): boolean;
  cannotProvide(request: string, code: string, message: string): boolean;
  /** A page begins to listen: whoever waits is asked for again, as no page may have heard the first time. */
  listening(): void;
  /** Clerk was just found out of reach: whoever waits is told now rather than after clerk-js's retries. */
  unreachable(): void;
}

const LIMIT_MS = 15_000;

const explain = (code: string, template: string): Outcome<never> => {
  if (code === 'clerk_offline' || code === 'network_error')
    return fail(
      'clerk-unreachable',
      'Clerk cannot be reached right now.',
      'Burrow tries again by itself; your notes are saved on this computer.',
    );
  if (code === 'resource_not_found' || code === 'jwt_template_not_found')
    return fail(
      'template-missing',
      `Clerk has no JWT template named "${template}".`,
      'Run npm run setup, or make the template in the Clerk dashboard under JWT templates.',
    );
  if (code === 'signed_out')
    return fail(
      'not-signed-in',
      'Clerk says that nobody is signed in.',
      'Sign in again; your notes are saved on this computer.',
    );
  return fail(
    'token-refused',
    `Clerk gave no token for Fauna (${code}).`,
    'Open Connection and ask Fauna who you are to see which link fails.',
  );
};

/** Asks an open window for the Fauna JWT with one event, and waits for its one answer. */
export const createWindowTokenSource = (options: {
  template: string;
  /** Sends the question; false when no window is there to hear it. */
  ask: (request: string) => boolean;
  /** How the token is had with no window open. */
  otherwise: TokenSource;
}): WindowTokenSource => {
  const waiting = new Map<string, (answer: Outcome<string>) => void>();

  const settle = (request: string, answer: Outcome<string>): boolean => {
    const resolve = waiting.get(request);
    waiting.delete(request);
    resolve?.(answer);
    return resolve !== undefined;
  };

  const source: TokenSource = () => {
    const request = randomUUID();
    return new Promise<Outcome<string>>((resolve) => {
      const timer = setTimeout(
        () => settle(request, fail('token-timeout', 'Clerk did not answer in time.', 'Burrow tries again by itself.')),
        LIMIT_MS,
      );
      waiting.set(request, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      if (options.ask(request)) return;
      waiting.delete(request);
      clearTimeout(timer);
      resolve(options.otherwise());
    });
  };

  return {
    source,
    provide: (request, token) => settle(request, succeed(token)),
    cannotProvide: (request, code) => settle(request, explain(code, options.template)),
    listening: () => {
      for (const request of waiting.keys()) options.ask(request);
    },
    unreachable: () => {
      for (const request of [...waiting.keys()]) settle(request, explain('network_error', options.template));
    },
  };
};
