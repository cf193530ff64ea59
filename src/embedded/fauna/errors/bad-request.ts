/**
 * What ends a whole query, whoever called what: FaunaDB answers these as it does an exception
 * (ExceptionResponseHelpers.scala), with 400 `bad request` and without a position.
 */
import { formatTime, timeOfMicros } from '../values/time.ts';

export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

export const readTooOld = (ts: bigint, oldest: bigint): BadRequest =>
  new BadRequest(
    `Requested timestamp ${formatTime(timeOfMicros(ts))} less than minimum allowed timestamp ${formatTime(timeOfMicros(oldest))}.`,
  );

/** The most that the terms of an entry may take, and its values (CodecFormat.scala's checkLength). */
export const MOST_COMPONENT = 32_767;

/** Nothing can be looked up that could not have been stored. */
export function refuseTooLarge(length: number): void {
  if (length > MOST_COMPONENT) throw new BadRequest(`buf length ${length} exceeds ${MOST_COMPONENT}`);
}
