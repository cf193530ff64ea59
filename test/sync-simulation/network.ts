import faunadb from 'faunadb';
import type { FaunaTransport } from '../../src/main/fauna/transport.ts';
import type { Dice } from './dice.ts';
import type { Fault, Misfortune } from './faults.ts';
import { parseFauna } from './parse-fauna.ts';
import type { Server } from './server.ts';
import type { World } from './world.ts';

const REQUEST_TIMEOUT_MS = 60_000;

/** A token as the simulation's Fauna reads it: `sub|exp`, exp in ms. */
export const makeToken = (sub: string, exp: number): string => `${sub}|${exp}`;
const readToken = (secret: string) => {
  const at = secret.lastIndexOf('|');
  return { sub: secret.slice(0, at), exp: Number(secret.slice(at + 1)) };
};

/** What Fauna refuses by its size or the role's rules; notes that hold one of these words must not hold up the rest. */
export const POISON: Readonly<Record<string, number>> = { 'poison-too-large': 413, 'poison-refused': 403 };

const networkError = () => new TypeError('fetch failed');

const UNAUTHORIZED = '{"errors":[{"code":"unauthorized","description":"Unauthorized"}]}';
const refusal = (status: number) => `{"errors":[{"code":"simulated","description":"${status}"}]}`;

/** Raises what the driver raises. */
const raise = (status: number, body: string): never => {
  const result = { statusCode: status, responseContent: JSON.parse(body) as object };
  type Result = Parameters<typeof faunadb.errors.FaunaHTTPError.raiseForStatusCode>[0];
  faunadb.errors.FaunaHTTPError.raiseForStatusCode(result as unknown as Result);
  throw new Error(`status ${status} is not an error`);
};

/** One device's way to the server: slow, cut, lossy, and with answers that come twice or never. */
export class Network {
  /** False: nothing gets through, and open streams are cut. */
  up = true;
  /** While true nothing goes wrong. */
  calm = false;
  readonly #parts: { world: World; server: Server; dice: Dice; misfortune: Misfortune };
  readonly #streams = new Set<() => void>();

  constructor(parts: { world: World; server: Server; dice: Dice; misfortune: Misfortune }) {
    this.#parts = parts;
  }

  cut(): void {
    this.up = false;
    this.endStreams();
  }

  endStreams(): void {
    for (const end of [...this.#streams]) end();
  }

  transport(): FaunaTransport {
    return {
      query: (secret, expression) => this.#query(secret, JSON.stringify(faunadb.query.Let({}, expression))),
      stream: (secret, _set, handlers) => {
        const { world, server } = this.#parts;
        const { sub, exp } = readToken(secret);
        let over = false;
        const end = (error: unknown): void => {
          if (over) return;
          close();
          world.after(1, () => handlers.ended(error));
        };
        const cutOff = (): void => end(networkError());
        let unlisten = (): void => {};
        const close = (): void => {
          over = true;
          unlisten();
          this.#streams.delete(cutOff);
        };
        this.#streams.add(cutOff);
        world.after(this.#latency(), () => {
          if (over) return;
          if (!this.up || server.down) return cutOff();
          if (world.now >= exp) return end(unauthorized());
          handlers.started();
          unlisten = server.listen(sub, (ts) => {
            if (world.now >= exp) return end(unauthorized());
            if (this.#bad('lostHint')) return;
            world.after(this.#latency(), () => over || handlers.event({ action: 'add', id: '1', ts }));
          });
        });
        return close;
      },
    };
  }

  #query(secret: string, query: string): Promise<unknown> {
    const { world } = this.#parts;
    return new Promise((resolve, reject) => {
      const lost = (): void => {
        world.after(this.#parts.dice.chance(0.5) ? 10 : REQUEST_TIMEOUT_MS, () => reject(networkError()));
      };
      if (!this.up) return void world.after(5, () => reject(networkError()));
      if (this.#bad('lostRequest')) return lost();
      world.after(this.#latency(), () => {
        if (!this.up) return reject(networkError());
        const answer = this.#serve(secret, query);
        // The same request again, as a proxy that tries twice would send it; its answer is nobody's.
        if (this.#bad('duplicate')) world.after(this.#latency() * 3, () => void this.#serve(secret, query));
        if (this.#bad('lostAnswer')) return lost();
        world.after(this.#latency(), () => {
          if (!this.up) return reject(networkError());
          try {
            if (answer.status >= 300) raise(answer.status, answer.body);
            resolve(parseFauna(answer.body));
          } catch (error) {
            reject(error);
          }
        });
      });
    });
  }

  #serve(secret: string, query: string): { status: number; body: string } {
    const { world, server } = this.#parts;
    const { sub, exp } = readToken(secret);
    if (server.down) return { status: 503, body: refusal(503) };
    if (world.now >= exp || this.#bad('unauthorized')) return { status: 401, body: UNAUTHORIZED };
    if (this.#bad('busy')) return { status: 503, body: refusal(503) };
    for (const [word, status] of Object.entries(POISON)) {
      if (query.includes(word) && query.includes('"create"')) return { status, body: refusal(status) };
    }
    return server.execute(sub, query);
  }

  #latency(): number {
    const { dice } = this.#parts;
    return this.#bad('slow') ? dice.between(1_000, 40_000) : dice.between(1, 80);
  }

  #bad(fault: Fault): boolean {
    const { dice, misfortune } = this.#parts;
    return !this.calm && misfortune.happens(dice, fault);
  }
}

const unauthorized = (): unknown => {
  try {
    return raise(401, UNAUTHORIZED);
  } catch (error) {
    return error;
  }
};
