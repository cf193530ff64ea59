/** What the killed process writes: transactions of two documents each, with an index entry for both. */
import type { QueryRequest } from '../../../../src/embedded/fauna/engine/protocol.ts';

export const ROOT_KEY = 'root-secret-for-kills';

export const request = (query: unknown): QueryRequest => ({
  credential: { type: 'secret', secret: ROOT_KEY },
  query: JSON.stringify(query),
  readOnly: false,
  timeoutMs: 60_000,
});

/** Refused once they are there. */
export const SET_UP: readonly object[] = [
  { create_collection: { object: { name: 'pairs' } } },
  {
    create_index: {
      object: { name: 'halves', source: { collection: 'pairs' }, values: [{ object: { field: ['data', 'half'] } }] },
    },
  },
];

const half = (half: string): object => ({
  create: { collection: 'pairs' },
  params: { object: { data: { object: { half } } } },
});

export const pairQuery = (number: number): object => ({ do: [half(`${number} left`), half(`${number} right`)] });
