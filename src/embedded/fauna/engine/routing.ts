/** Which thread a query is for, by its text. */
import { registry } from '../functions/index.ts';
import type { QueryRequest } from './protocol.ts';

export type Route = 'reader' | 'writer';

/** What a function does is known only when it is called, so a call starts on a reader and moves if it has to. */
const UNKNOWN = new Set(['call']);
const writing = new RegExp(
  `"(?:${registry.forms
    .filter((form) => form.effect === 'write' && !UNKNOWN.has(form.required[0] ?? ''))
    .map((form) => form.required[0])
    .join('|')})"\\s*:`,
);
const CALLED = /"call"\s*:\s*("[^"]*"|\{(?:[^{}]|\{[^{}]*\})*\})/;
const MOST_REMEMBERED = 1000;

export interface Router {
  route(request: QueryRequest): Route;
  /** A query sent to a reader wanted to write. */
  learn(request: QueryRequest): void;
}

/** Only a hint: what a reader cannot do goes to the writer, so a wrong guess costs time and nothing else. */
export function createRouter(): Router {
  const writers = new Set<string>();
  return {
    route: ({ query, readOnly }) => {
      if (query === undefined || readOnly) return 'reader';
      if (writing.test(query)) return 'writer';
      const called = writers.size > 0 ? CALLED.exec(query)?.[1] : undefined;
      return called !== undefined && writers.has(called) ? 'writer' : 'reader';
    },
    learn: ({ query }) => {
      const called = CALLED.exec(query ?? '')?.[1];
      if (called === undefined || called.length > 500) return;
      if (writers.size >= MOST_REMEMBERED) writers.clear();
      writers.add(called);
    },
  };
}
