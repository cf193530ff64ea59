/** A Double as Java 17's Double.toString writes it: `1.0`, `1.0E10`, `NaN`. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', exponent = '0'] = (wholeDigits(value) ?? exponential(value)).split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

/** Two digits at least, which for the smallest of all are not those of JavaScript: 4.9E-324. */
function exponential(value: number): string {
  const text = value.toExponential();
  return text.includes('.') ? text : value.toExponential(1);
}

/** Whole numbers of 2^53 to 2^63 Java rounds in decimal, which at times leaves a digit more than is needed. */
function wholeDigits(value: number): string | undefined {
  const magnitude = Math.abs(value);
  if (magnitude < 2 ** 53 || magnitude >= 2 ** 63) return undefined;
  const exponent = BigInt(magnitude).toString(2).length - 1;
  const unit = 10n ** BigInt(Math.max(0, Math.floor((exponent - 54) * Math.log10(2))));
  const long = BigInt(magnitude);
  const rounded = (long / unit + (long % unit >= unit / 2n && unit > 1n ? 1n : 0n)).toString();
  const digits = rounded.replace(/0+$/, '');
  const power = rounded.length - 1 + unit.toString().length - 1;
  return `${value < 0 ? '-' : ''}${digits.slice(0, 1)}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${power}`;
}
