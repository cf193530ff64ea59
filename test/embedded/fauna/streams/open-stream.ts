/** A stream by fetch over HTTP/1.1, its lines read one by one. */
export interface StreamLine {
  readonly type: string;
  readonly txn: number;
  readonly event: unknown;
}

export interface OpenStream {
  readonly headers: Headers;
  /** The next line; undefined at the end. */
  next(): Promise<StreamLine>;
  /** Lines that have come and were not asked for. */
  waiting(): number;
  close(): Promise<void>;
}

export async function openStream(
  port: number,
  expression: unknown,
  { secret, fields }: { secret: string; fields?: string },
): Promise<OpenStream> {
  const path = fields === undefined ? '/stream' : `/stream?fields=${fields}`;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    body: JSON.stringify(expression),
    headers: { authorization: `Bearer ${secret}`, 'x-faunadb-api-version': '4' },
  });
  if (response.status !== 200 || !response.body) throw new Error(await response.text());
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const lines: string[] = [];
  let rest = '';
  return {
    headers: response.headers,
    next: async () => {
      while (lines.length === 0) {
        const { done, value } = await reader.read();
        if (done) return undefined as unknown as StreamLine;
        const parts = (rest + decoder.decode(value, { stream: true })).split('\r\n');
        rest = parts.pop() ?? '';
        lines.push(...parts);
      }
      return JSON.parse(lines.shift() ?? '') as StreamLine;
    },
    waiting: () => lines.length,
    close: () => reader.cancel(),
  };
}
