import type { SearchHit, SearchIndexOptions } from './door.ts';

/** What the two ends of the search worker say to each other. A question has a number, and is answered. */
export type Question =
  | { call: number; kind: 'search'; query: string }
  | { call: number; kind: 'indexed' }
  | { call: number; kind: 'check' };
export type ToWorker = Question | { kind: 'changed' } | { kind: 'tidy' };
export type FromWorker =
  | { call: number; ok: true; hits: SearchHit[]; found: string | null }
  | { call: number; ok: false; message: string };

/** `workerData` of the worker. */
export type SearchWorkerData = SearchIndexOptions;
