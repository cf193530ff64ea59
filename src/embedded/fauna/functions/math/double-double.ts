/** Numbers as the sum of two Doubles: twice the digits, from which a function's last one comes out right. */
export type Pair = readonly [high: number, low: number];

export const pair = (value: number): Pair => [value, 0];

function twoSum(a: number, b: number): Pair {
  const sum = a + b;
  const part = sum - a;
  return [sum, a - (sum - part) + (b - part)];
}

/** 2^27 + 1 cuts a Double's digits in half. */
const SPLITTER = 134_217_729;
function halves(value: number): Pair {
  const scaled = SPLITTER * value;
  const high = scaled - (scaled - value);
  return [high, value - high];
}

export function twoProduct(a: number, b: number): Pair {
  const product = a * b;
  const [aHigh, aLow] = halves(a);
  const [bHigh, bLow] = halves(b);
  return [product, aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow];
}

export function add([aHigh, aLow]: Pair, [bHigh, bLow]: Pair): Pair {
  const [high, low] = twoSum(aHigh, bHigh);
  const [carry, rest] = twoSum(aLow, bLow);
  const [sum, error] = twoSum(high, low + carry);
  return twoSum(sum, error + rest);
}

export const negate = ([high, low]: Pair): Pair => [-high, -low];

export function multiply([aHigh, aLow]: Pair, [bHigh, bLow]: Pair): Pair {
  const [high, low] = twoProduct(aHigh, bHigh);
  return twoSum(high, low + aHigh * bLow + aLow * bHigh);
}

export function divide(a: Pair, b: Pair): Pair {
  const quotient = a[0] / b[0];
  const rest = add(a, negate(multiply(b, pair(quotient))));
  return twoSum(quotient, rest[0] / b[0]);
}
