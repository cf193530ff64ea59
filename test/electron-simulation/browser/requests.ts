import { STATUS_CODES } from 'node:http';
import { fromChromium, textToChromium, toChromium } from './app-origin.ts';
import type { CdpSession, RequestPaused } from './connection.ts';

/** What the app's protocol handler answered, ready for Chromium. */
export interface Answer {
  status: number;
  statusText: string;
  headers: [string, string][];
  body: Buffer;
}

/** The paused request as `protocol.handle` gives it to the app: its own scheme, its headers, its body. */
export const toRequest = (paused: RequestPaused): Request => {
  const { request } = paused;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // Electron keeps no cookies for custom schemes.
    if (name.toLowerCase() === 'cookie') continue;
    headers.set(name, /^(origin|referer)$/i.test(name) ? fromChromium(value) : value);
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && request.hasPostData;
  const body = hasBody
    ? Buffer.concat((request.postDataEntries ?? []).map(({ bytes }) => Buffer.from(bytes ?? '', 'base64')))
    : null;
  return new Request(fromChromium(request.url), { method: request.method, headers, body });
};

export const toAnswer = async (response: Response): Promise<Answer> => ({
  status: response.status,
  statusText: response.statusText,
  headers: [...response.headers],
  body: Buffer.from(await response.arrayBuffer()),
});

const dropped = new Set(['set-cookie', 'content-length', 'content-encoding', 'transfer-encoding']);

export const fulfil = async (session: CdpSession, requestId: string, answer: Answer): Promise<void> => {
  const responseHeaders = answer.headers
    .filter(([name]) => !dropped.has(name.toLowerCase()))
    .map(([name, value]) => ({ name, value: textToChromium(value) }));
  await session.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: answer.status,
    // DevTools refuses statuses that it knows no phrase for, unless it is given one.
    responsePhrase: answer.statusText || (STATUS_CODES[answer.status] ?? 'Unknown'),
    responseHeaders,
    body: answer.body.toString('base64'),
  });
};

type Reason = 'Aborted' | 'BlockedByClient' | 'Failed' | 'InternetDisconnected';

export const fail = async (session: CdpSession, requestId: string, errorReason: Reason): Promise<void> => {
  await session.send('Fetch.failRequest', { requestId, errorReason });
};

export const redirect = async (session: CdpSession, requestId: string, url: string): Promise<void> => {
  await session.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: 307,
    responseHeaders: [{ name: 'Location', value: toChromium(url) }],
  });
};
