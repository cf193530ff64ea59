/**
 * The decimal digits Java 17 shows of a Double. They name it and no other, but they are not always the fewest, or the
 * nearest of as many: Java allows itself half of the smaller step below and above, and always makes a second digit of
 * numbers it writes with an exponent. (From Java 19 on they are those of JavaScript.)
 */
export interface Digits {
  /** Without a point, the first one not 0. */
  readonly digits: string;
  /** Of ten, for the first digit. */
  readonly exponent: number;
}

const words = new DataView(new ArrayBuffer(8));

/** Of a number greater than 0. */
export function javaDigits(value: number): Digits {
  words.setFloat64(0, value);
  const bits = words.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  const units = biased === 0 ? fraction : fraction | (1n << 52n);
  const scale = Math.max(biased, 1) - 1075;
  return Number.isInteger(value) && value < 2 ** 63 ? ofLong(BigInt(value)) : ofFraction(units, scale, value);
}

/** Whole numbers a Long can hold: all digits, of those beyond 53 bits the ones that mean nothing rounded off. */
function ofLong(long: bigint): Digits {
  const surplus = long.toString(2).length - 1 - 54;
  const unit = 10n ** BigInt(surplus > 0 ? Math.floor(surplus * Math.log10(2)) : 0);
  const up = unit > 1n && long % unit >= unit / 2n ? 1n : 0n;
  const text = ((long / unit + up) * unit).toString();
  return { digits: text.replace(/0+$/, ''), exponent: text.length - 1 };
}

/** The number is units · 2^scale; everything is counted in half units here, so that half a step is whole. */
function ofFraction(units: bigint, scale: number, value: number): Digits {
  let exponent = Math.floor(Math.log10(value));
  let rest = units << BigInt(Math.max(scale, 0) + 2);
  let one = 1n << BigInt(Math.max(-scale, 0) + 2);
  let step = 2n << BigInt(Math.max(scale, 0));
  if (exponent >= 0) one *= 10n ** BigInt(exponent);
  else {
    rest *= 10n ** BigInt(-exponent);
    step *= 10n ** BigInt(-exponent);
  }
  // Below a power of two the numbers lie twice as close, and Java takes that for both sides.
  if ((units & (units - 1n)) === 0n) step /= 2n;
  const unit = scale > 0 ? unitAsLong(units, scale, exponent) : undefined;
  const limit = unit === undefined ? undefined : (2n ** 63n * one) / unit;
  if (rest < one) {
    exponent -= 1;
    rest *= 10n;
    step *= 10n;
  }
  // Of the smallest numbers the power of ten above may be nearer than half a step: its digit comes first, a 0.
  if (scale === -1074 && rest + step >= one * 10n) {
    exponent += 1;
    one *= 10n;
  }
  const text = generate({ rest, one, step, limit }, exponent < -3 || exponent >= 7);
  return { digits: text.digits.replace(/0+$/, ''), exponent: exponent + text.carried };
}

const bitsOf = (value: bigint): number => (value === 0n ? 0 : value.toString(2).length);

/** What a digit counts where Java calculates with Longs; undefined where those do not suffice. */
function unitAsLong(units: bigint, scale: number, exponent: number): bigint | undefined {
  const odd = bitsOf(units) - bitsOf(units & -units) + 1;
  const top = bitsOf(units) + scale - 1;
  const shared = Math.min(top - odd + 1, exponent);
  const below = Math.max(0, shared - (top - 53) + (odd === 1 ? 1 : 0));
  const bits = top + 1 - shared + below;
  const tenBits = exponent - shared + below + 1 + bitsOf(5n ** BigInt(exponent + 1));
  return bits < 64 && tenBits < 64 ? (5n ** BigInt(exponent)) << BigInt(exponent - shared + below) : undefined;
}

interface Remainder {
  readonly rest: bigint;
  readonly one: bigint;
  readonly step: bigint;
  /** Set where Java calculates with Longs: half a step above is the next number then, and from here on they overflow. */
  readonly limit: bigint | undefined;
}

function generate({ rest: start, one, step: half, limit }: Remainder, twoDigits: boolean) {
  let digits = '';
  let rest = start;
  let step = half;
  for (;;) {
    digits += (rest / one).toString();
    rest = (rest % one) * 10n;
    step *= 10n;
    const overflown = limit !== undefined && step >= limit;
    const above = rest + step;
    const low = overflown || rest < step;
    const high = overflown || (limit === undefined ? above >= one * 10n : above > one * 10n && above < limit);
    if ((!low && !high) || (twoDigits && digits.length === 1)) continue;
    const middle = rest * 2n - one * 10n;
    const up = high && (!low || middle > 0n || (middle === 0n && Number(digits.at(-1)) % 2 === 1));
    const rounded = up ? (BigInt(digits) + 1n).toString() : digits;
    return { digits: rounded, carried: rounded.length - digits.length };
  }
}
