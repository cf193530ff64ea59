import type { SearchHit } from './door.ts';

/** What the two ends of the search worker say to each other. */
export type ToWorker = { call: number; kind: 'search'; query: string } | { call: number; kind: 'check' };
export type FromWorker =
  | { call: number; ok: true; hits: SearchHit[]; found: string | null }
  | { call: number; ok: false; message: string };

/** `workerData` of the worker. */
export interface SearchWorkerData {
  file: string;
}
