import { strict } from './strict.ts';

/** The parts of Electron's details that a listener can rely on here. */
export interface RequestDetails {
  id: string;
  url: string;
  method: string;
  resourceType: string;
  referrer: string;
  webContentsId: number;
  requestHeaders: Record<string, string>;
}
export interface ResponseDetails extends RequestDetails {
  statusCode: number;
  statusLine: string;
  responseHeaders: Record<string, string[]>;
}
interface BeforeRequest {
  cancel?: boolean;
  redirectURL?: string;
}
interface BeforeSend {
  cancel?: boolean;
  requestHeaders?: Record<string, string | string[]>;
}
interface HeadersReceived {
  cancel?: boolean;
  responseHeaders?: Record<string, string | string[]>;
  statusLine?: string;
}

/** `filter.urls` are match patterns: `<all_urls>`, or with `*` for any text. */
const matches = (patterns: string[] | undefined, url: string): boolean =>
  !patterns ||
  patterns.some((pattern) => {
    if (pattern === '<all_urls>') return true;
    const source = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${source.join('.*')}$`).test(url);
  });

type Listener<D, A> = (details: D, callback: (answer: A) => void) => void;
interface Registered<D, A> {
  urls: string[] | undefined;
  listener: Listener<D, A>;
}

/** One listener an event, as in Electron: a later one replaces it, null removes it. */
const slot = <D extends { url: string }, A extends object>() => {
  let registered: Registered<D, A> | null = null;
  const set = (
    filterOrListener: { urls: string[] } | Listener<D, A> | null,
    listener?: Listener<D, A> | null,
  ): void => {
    if (typeof filterOrListener === 'function') registered = { urls: undefined, listener: filterOrListener };
    else registered = listener ? { urls: filterOrListener?.urls, listener } : null;
  };
  const ask = (details: D): Promise<A> => {
    const current = registered;
    if (!current || !matches(current.urls, details.url)) return Promise.resolve({} as A);
    return new Promise((resolve) => current.listener(details, (answer) => resolve(answer ?? ({} as A))));
  };
  return { set, ask };
};

export const createWebRequest = () => {
  const beforeRequest = slot<RequestDetails, BeforeRequest>();
  const beforeSendHeaders = slot<RequestDetails, BeforeSend>();
  const headersReceived = slot<ResponseDetails, HeadersReceived>();
  return {
    api: strict('session.webRequest', {
      onBeforeRequest: beforeRequest.set,
      onBeforeSendHeaders: beforeSendHeaders.set,
      onHeadersReceived: headersReceived.set,
    }),
    beforeRequest: beforeRequest.ask,
    beforeSendHeaders: beforeSendHeaders.ask,
    headersReceived: headersReceived.ask,
  };
};
