/** The length of a triangle's long side as Java works it out (FdLibm's way), so that the last digit is the same. */

/** Out of this range squares would be too. */
const HUGE = 2 ** 500;
const SCALE = 2 ** 600;

export function hypot(a: number, b: number): number {
  const long = Math.max(Math.abs(a), Math.abs(b));
  const short = Math.min(Math.abs(a), Math.abs(b));
  if (!Number.isFinite(long) || Number.isNaN(short)) return Math.hypot(a, b);
  if (long / short > 2 ** 60) return long + short;
  if (long > HUGE) return rootOfSquares(long / SCALE, short / SCALE) * SCALE;
  return short < 1 / HUGE ? rootOfSquares(long * SCALE, short * SCALE) / SCALE : rootOfSquares(long, short);
}

const words = new DataView(new ArrayBuffer(8));
/** Without the lower 32 of its 64 bits, so that products are exact. */
function upperHalf(value: number): number {
  words.setFloat64(0, value);
  words.setUint32(4, 0);
  return words.getFloat64(0);
}

function rootOfSquares(long: number, short: number): number {
  const difference = long - short;
  if (difference > short) {
    const upper = upperHalf(long);
    return Math.sqrt(upper * upper - (short * -short - (long - upper) * (long + upper)));
  }
  const upper = upperHalf(short);
  const doubled = upperHalf(long + long);
  const rest = doubled * (short - upper) + (long + long - doubled) * short;
  return Math.sqrt(doubled * upper - (difference * -difference - rest));
}
