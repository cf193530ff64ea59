import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from 'playwright';

/** A session of the Chrome DevTools Protocol, with the commands' and events' types that Playwright publishes. */
export interface CdpSession {
  send: CDPSession['send'];
  on: CDPSession['on'];
  /** Ends with `true` when the target, or all of Chromium, is gone. */
  readonly closed: boolean;
}

declare const anySession: CDPSession;
export type RequestPaused = Parameters<Parameters<typeof anySession.on<'Fetch.requestPaused'>>[1]>[0];
export type BindingCalled = Parameters<Parameters<typeof anySession.on<'Runtime.bindingCalled'>>[1]>[0];

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
  sessionId?: string;
}

class Session extends EventEmitter {
  closed = false;
  readonly #post: (method: string, params: unknown) => Promise<unknown>;
  constructor(post: (method: string, params: unknown) => Promise<unknown>) {
    super();
    // Every page listens on the browser's own session.
    this.setMaxListeners(0);
    this.#post = post;
  }
  send(method: string, params: unknown = {}): Promise<unknown> {
    if (this.closed) return Promise.reject(new Error(`${method}: the target is closed`));
    return this.#post(method, params);
  }
}

/**
 * Chromium's end of `--remote-debugging-pipe`: JSON messages ended by a zero byte. Chromium quits when the pipe
 * closes, so none outlives the main process, however that ended.
 */
export class CdpConnection {
  readonly browser: CdpSession;
  readonly closed: Promise<void>;
  readonly #input: Writable;
  readonly #waiting = new Map<number, { sessionId: string; settle(message: Message): void }>();
  readonly #sessions = new Map<string, Session>();
  #lastId = 0;

  constructor(input: Writable, output: Readable) {
    this.#input = input;
    this.browser = this.session('');
    let parts: Buffer[] = [];
    output.on('data', (chunk: Buffer) => {
      let start = 0;
      for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
        parts.push(chunk.subarray(start, end));
        this.#receive(JSON.parse(Buffer.concat(parts).toString('utf8')) as Message);
        parts = [];
        start = end + 1;
      }
      if (start < chunk.length) parts.push(chunk.subarray(start));
    });
    input.on('error', () => {});
    output.on('error', () => {});
    this.closed = new Promise((resolve) => {
      output.once('close', () => {
        for (const id of [...this.#sessions.keys()]) this.#end(id);
        resolve();
      });
    });
  }

  session(sessionId: string): CdpSession {
    let session = this.#sessions.get(sessionId);
    if (!session) {
      session = new Session((method, params) => this.#post(sessionId, method, params));
      this.#sessions.set(sessionId, session);
    }
    // The untyped emitter below carries exactly what Playwright's types describe.
    return session as unknown as CdpSession;
  }

  #post(sessionId: string, method: string, params: unknown): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const settle = (message: Message) => {
        if (message.error) reject(new Error(`${method}: ${message.error.message}`));
        else resolve(message.result);
      };
      this.#waiting.set(id, { sessionId, settle });
      if (process.env.BURROW_SIMULATED_TRACE)
        process.stderr.write(`> ${id} ${method} ${JSON.stringify(params).slice(0, 200)}\n`);
      this.#input.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
  }

  #receive(message: Message): void {
    if (process.env.BURROW_SIMULATED_TRACE) process.stderr.write(`< ${JSON.stringify(message).slice(0, 300)}\n`);
    if (message.id !== undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      waiting?.settle(message);
      return;
    }
    if (message.method === 'Target.detachedFromTarget') {
      this.#end((message.params as { sessionId: string }).sessionId);
    }
    if (message.method) this.#sessions.get(message.sessionId ?? '')?.emit(message.method, message.params);
  }

  #end(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    if (!session) return;
    this.#sessions.delete(sessionId);
    session.closed = true;
    for (const [id, waiting] of this.#waiting) {
      if (waiting.sessionId !== sessionId) continue;
      this.#waiting.delete(id);
      waiting.settle({ error: { message: 'the target is closed' } });
    }
    session.emit('close');
  }
}
