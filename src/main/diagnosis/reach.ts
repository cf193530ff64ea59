import type { Fetch } from '../connection/fetch.ts';

export type Reached = { ok: true; response: Response; text: string; json: unknown } | { ok: false; why: string };

const LIMIT_MS = 8000;

const codeOf = (error: unknown): string => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    if (cause.name === 'TimeoutError') return 'TIMEOUT';
  }
  return '';
};

/** What the network said, in words. */
const inWords = (error: unknown): string => {
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name cannot be resolved';
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'TIMEOUT' || code.includes('TIMEOUT')) return 'it does not answer in time';
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code)) return 'its certificate is not accepted';
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'it hangs up';
  return 'the network refuses';
};

/** One request with a time limit; a redirect counts as an answer of its own. */
export const reach = async (fetch: Fetch, url: string, init: RequestInit = {}): Promise<Reached> => {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(LIMIT_MS), ...init });
    const text = await response.text();
    return { ok: true, response, text, json: parse(text) };
  } catch (error) {
    return { ok: false, why: inWords(error) };
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
