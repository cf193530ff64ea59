import faunadb from 'faunadb';
import { names } from '../../fauna/schema/definition.ts';
import { type Check, faultsOf, passed, type Verdict } from '../check.ts';
import { tokenClient } from './provider.ts';

const q = faunadb.query;
const OPEN_WITHIN_MS = 5000;
const SLOW_MS = 1000;
const ROUNDS = 3;

const stream: Check = {
  id: 'stream',
  title: 'A stream of changes opens',
  after: ['index'],
  run: async (subject, seen) => {
    const bad = faultsOf('stream');
    const set = q.Match(q.Index(names.changesIndex), seen.userId ?? '');
    const subscription = tokenClient(subject, seen.jwt ?? '').stream(set);
    const opened = await new Promise<Verdict>((resolve) => {
      const late = () =>
        bad(
          'stream-silent',
          'A stream was asked for, but nothing comes.',
          'A proxy before Fauna holds answers back until they are complete.',
          'Turn buffering off for POST /stream in the proxy (docs/self-hosting.md).',
        );
      const timer = setTimeout(() => resolve(late()), OPEN_WITHIN_MS);
      const done = (verdict: Verdict) => {
        clearTimeout(timer);
        resolve(verdict);
      };
      subscription.on('start', () => done(passed()));
      subscription.on('error', (error) =>
        done(
          bad(
            'stream-refused',
            `Fauna opens no stream (${describe(error)}).`,
            'The role may not read the index, or this endpoint has no streams.',
            'Run npm run setup; without streams Burrow still asks for changes from time to time.',
          ),
        ),
      );
      subscription.start();
    });
    subscription.close();
    return opened;
  },
};

const describe = (error: unknown): string => {
  if (error instanceof faunadb.errors.FaunaHTTPError) return error.message;
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'it hangs up';
};

const latency: Check = {
  id: 'latency',
  title: 'Fauna answers quickly',
  after: ['token-accepted'],
  run: async (subject, seen) => {
    const client = tokenClient(subject, seen.jwt ?? '');
    const taken: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      await client.query(q.Now());
      taken.push(performance.now() - start);
    }
    const median = Math.round(taken.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0);
    if (median <= SLOW_MS) return passed(`${median} ms`);
    return faultsOf('latency')(
      'fauna-slow',
      `Fauna takes ${median} ms for the simplest question.`,
      'It is far away, overloaded, or its disks are slow.',
      'Look at its load and disks (docs/self-hosting.md, sizing); Burrow works all the same, since notes are local.',
    );
  },
};

export const flowChecks = [stream, latency];
