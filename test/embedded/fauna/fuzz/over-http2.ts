/** The same requests over a real connection, some of which the client gives up half way. */
import { connect } from 'node:http2';
import { listen } from '../../../../src/embedded/http/listen.ts';
import { bodyOf, type Case, headersOf, type Seen } from './send.ts';
import type { World } from './world.ts';

export interface Connection {
  send(request: Case): Promise<Seen>;
  /** Sends half of the body and hangs up. */
  giveUp(request: Case): Promise<void>;
  close(): Promise<void>;
}

/** Node's client sends no others. */
export const canSend = (request: Case): boolean =>
  Object.values(headersOf(request)).every((value) => /^[\x20-\x7e]*$/.test(value)) &&
  !request.path?.startsWith('/stream');

const hasBody = ({ method }: Case): boolean => method !== 'GET' && method !== 'HEAD';

export async function overHttp2({ fauna }: World): Promise<Connection> {
  const server = await listen(fauna.handle, { port: 0 });
  const session = connect(`http://127.0.0.1:${server.port}`);
  const lost = new Promise<never>((_, reject) => session.once('error', reject));
  lost.catch(() => undefined);
  const start = (request: Case, length: number) =>
    session.request(
      {
        ...headersOf(request),
        ':method': request.method ?? 'POST',
        ':path': request.path ?? '/',
        'content-length': String(hasBody(request) ? length : 0),
      },
      { endStream: false },
    );
  return {
    send: (request) =>
      Promise.race([
        lost,
        new Promise<Seen>((resolve, reject) => {
          const body = bodyOf(request);
          const stream = start(request, body.length);
          let headers: Record<string, unknown> = {};
          let text = '';
          stream.setEncoding('utf8');
          stream.on('response', (given) => {
            headers = given;
          });
          stream.on('data', (chunk: string) => {
            text += chunk;
          });
          stream.on('end', () => {
            resolve({ status: Number(headers[':status']), headers: headers as Seen['headers'], text });
          });
          stream.on('error', reject);
          if (hasBody(request)) stream.end(body);
          else stream.end();
        }),
      ]),
    giveUp: (request) =>
      new Promise((resolve) => {
        const body = bodyOf(request);
        const stream = start({ ...request, method: 'POST' }, body.length);
        stream.on('error', () => undefined);
        stream.on('close', () => resolve());
        stream.write(body.subarray(0, Math.floor(body.length / 2)), () => stream.close());
      }),
    close: async () => {
      await new Promise<void>((resolve) => session.close(resolve));
      await server.close();
    },
  };
}
