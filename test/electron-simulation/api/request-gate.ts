import { fromChromium, isPrivileged } from '../browser/app-origin.ts';
import type { CdpSession, RequestPaused } from '../browser/connection.ts';
import { type Answer, fail, fulfil, redirect, toAnswer, toRequest } from '../browser/requests.ts';
import { hostState } from './host-state.ts';
import { handlerFor, type ProtocolHandler } from './protocol.ts';
import { webRequest } from './session.ts';
import type { RequestDetails } from './web-request.ts';

const resourceTypes: Record<string, string> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  Media: 'media',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  WebSocket: 'webSocket',
};

const describe = (paused: RequestPaused, webContentsId: number, isSubframe: boolean): RequestDetails => ({
  id: paused.networkId ?? paused.requestId,
  url: fromChromium(paused.request.url),
  method: paused.request.method,
  resourceType: isSubframe ? 'subFrame' : (resourceTypes[paused.resourceType] ?? 'other'),
  referrer: fromChromium(paused.request.headers.Referer ?? ''),
  webContentsId,
  requestHeaders: paused.request.headers,
});

/**
 * Answers one request of a page: by the app's protocol handler, with `webRequest`'s listeners before and after as
 * in Electron. Everything else is written down and refused: nothing reaches the network.
 */
export const answerRequest = async (
  session: CdpSession,
  paused: RequestPaused,
  webContentsId: number,
  isSubframe = false,
): Promise<void> => {
  const { requestId } = paused;
  const details = describe(paused, webContentsId, isSubframe);
  const before = await webRequest.beforeRequest(details);
  if (before.cancel) return fail(session, requestId, 'BlockedByClient');
  if (before.redirectURL) return redirect(session, requestId, before.redirectURL);
  const handler = handlerFor(paused.request.url);
  if (!handler) {
    if (!isPrivileged(details.url.split(':')[0] ?? '')) {
      hostState.networkAttempts.push({ url: details.url, method: details.method, resourceType: details.resourceType });
    }
    return fail(session, requestId, 'InternetDisconnected');
  }
  if (isFavicon(paused))
    return fulfil(session, requestId, { status: 204, statusText: '', headers: [], body: Buffer.alloc(0) });
  const answer = await askHandler(handler, paused);
  // `Response.error()` has the status 0.
  if (!answer || answer.status === 0) return fail(session, requestId, 'Failed');
  const refused = await applyHeadersReceived(details, answer);
  return refused ? fail(session, requestId, 'BlockedByClient') : fulfil(session, requestId, answer);
};

/** Chromium looks for an icon at every https origin; Electron does not, at a custom scheme's. */
const isFavicon = ({ resourceType, request }: RequestPaused): boolean =>
  resourceType === 'Other' && new URL(request.url).pathname === '/favicon.ico';

const askHandler = async (handler: ProtocolHandler, paused: RequestPaused): Promise<Answer | null> => {
  try {
    return await toAnswer(await handler(toRequest(paused)));
  } catch (error) {
    console.error(`The protocol handler failed for ${fromChromium(paused.request.url)}:`, error);
    return null;
  }
};

const applyHeadersReceived = async (details: RequestDetails, answer: Answer): Promise<boolean> => {
  const responseHeaders: Record<string, string[]> = {};
  for (const [name, value] of answer.headers) responseHeaders[name] = [...(responseHeaders[name] ?? []), value];
  const statusLine = `HTTP/1.1 ${answer.status} ${answer.statusText}`;
  const changed = await webRequest.headersReceived({
    ...details,
    statusCode: answer.status,
    statusLine,
    responseHeaders,
  });
  if (changed.responseHeaders) {
    answer.headers = Object.entries(changed.responseHeaders).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    );
  }
  return changed.cancel === true;
};
