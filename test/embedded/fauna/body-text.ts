import type { QueryResponse } from '../../../src/embedded/fauna/engine/protocol.ts';

/** A response's body as text, also where it is bytes. */
export const bodyText = ({ body }: Pick<QueryResponse, 'body'>): string =>
  typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
