/**
 * HTTP over a message port: how the app speaks to the embedded services without opening a network port.
 * Both ends are `Request -> Response` functions; these are the messages between them.
 */
export type PortMessage =
  | { type: 'request'; id: number; url: string; method: string; headers: [string, string][]; body: Uint8Array | null }
  | { type: 'abort'; id: number }
  | { type: 'head'; id: number; status: number; headers: [string, string][] }
  | { type: 'chunk'; id: number; bytes: Uint8Array }
  | { type: 'end'; id: number }
  | { type: 'error'; id: number; message: string };

/** The part of a message port that both ends need. */
export interface Port {
  post(message: unknown): void;
  /** Messages of other kinds may arrive too; they are not ours and are ignored. */
  listen(listener: (message: unknown) => void): void;
}

const types = new Set(['request', 'abort', 'head', 'chunk', 'end', 'error']);

export const isPortMessage = (message: unknown): message is PortMessage =>
  typeof message === 'object' &&
  message !== null &&
  'type' in message &&
  types.has(message.type as string) &&
  'id' in message &&
  typeof message.id === 'number';
