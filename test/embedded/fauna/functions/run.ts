/** Runs queries on an engine in memory, wire JSON in, wire JSON out: JavaScript's own JSON cannot tell 1 from 1.0. */

import { randomBytes } from 'node:crypto';
import { createEngine } from '../../../../src/embedded/fauna/engine/engine.ts';
import { Store } from '../../../../src/embedded/fauna/store/store.ts';
import { bodyText } from '../body-text.ts';

/** JSON text, or what JSON.stringify makes it of. */
export type Query = string | object;

export interface Failure {
  readonly position: readonly (string | number)[];
  readonly code: string;
  readonly description: string;
}

/** µs; 2020-01-02T03:04:05.678901Z. */
const START = 1_577_934_245_678_901n;

export function openRunner() {
  let now = START;
  const clock = {
    now: () => {
      now += 1n;
      return now;
    },
  };
  const store = new Store(':memory:', clock);
  const engine = createEngine({ store, clock, rootKey: 'root', randomBytes });
  const answer = (query: Query): { status: number; body: string } => {
    const response = engine.execute({
      credential: { type: 'secret', secret: 'root' },
      query: typeof query === 'string' ? query : JSON.stringify(query),
      readOnly: false,
      timeoutMs: 120_000,
    });
    return { status: response.status, body: bodyText(response) };
  };
  return {
    /** The resource as the text it was answered in. */
    value(query: Query): string {
      const { status, body } = answer(query);
      if (status >= 300) throw new Error(body);
      return body.slice('{"resource":'.length, -1);
    },
    /** All errors. */
    failures(query: Query): Failure[] {
      const { status, body } = answer(query);
      if (status < 400) throw new Error(`no error: ${body}`);
      return JSON.parse(body).errors;
    },
    /** The only error, on one line: `code [position] description`. */
    failure(query: Query): string {
      const failures = this.failures(query);
      return failures.map((one) => `${one.code} [${one.position.join(',')}] ${one.description}`).join('; ');
    },
    close: () => store.close(),
  };
}
