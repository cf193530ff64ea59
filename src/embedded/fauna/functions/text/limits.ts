/** How long a string may get. FaunaDB's own end is the memory of its process. */
import { boundsError } from '../../errors/errors.ts';
import type { At } from '../../errors/position.ts';
import { fail } from '../../errors/query-error.ts';

/** In UTF-16 units; a request has 8 MiB. */
const MAX_LENGTH = 2 ** 24;

/** To be called before the string is made. */
export function limitLength(length: number, position: At): void {
  if (length > MAX_LENGTH) fail(boundsError(position, 'string length', `<= ${MAX_LENGTH}`));
}
