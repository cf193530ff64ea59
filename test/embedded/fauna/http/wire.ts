/** Requests to the handler as they are on the wire, without a driver in between. */
import { ROOT_KEY, type startFauna } from '../fixture.ts';

export type Fauna = Awaited<ReturnType<typeof startFauna>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  readonly headers?: Record<string, string>;
  /** Null sends none. */
  readonly secret?: string | null;
}

export async function ask(fauna: Fauna, { method = 'POST', path = '/', body, headers, secret }: Ask): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${fauna.port}${path}`, {
    method,
    ...(body === undefined ? {} : { body }),
    headers: {
      'x-faunadb-api-version': '4',
      ...(secret === null ? {} : { authorization: `Bearer ${secret ?? ROOT_KEY}` }),
      ...headers,
    },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: text === '' ? undefined : JSON.parse(text) };
}

export const errors = (...list: object[]): object => ({ errors: list });
