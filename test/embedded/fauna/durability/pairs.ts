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

/** What was there long before: documents whose earlier versions no history covers, to be forgotten meanwhile. */
export const OLD_VERSIONS = 12;
export const OLD_SET_UP: readonly object[] = [
  { create_collection: { object: { name: 'old' } } },
  {
    create_index: {
      object: {
        name: 'old_by_version',
        source: { collection: 'old' },
        terms: [{ object: { field: ['data', 'version'] } }],
      },
    },
  },
];
export const oldQuery = (id: number, version: number): object => {
  const target = { ref: { collection: 'old' }, id: String(id) };
  const params = { object: { data: { object: { version } } } };
  return version === 1 ? { create: target, params } : { update: target, params };
};
