/** `%d %o %x` of Longs and `%e %f %g` of Doubles. */
import { decimalOf, fixed, roundedExponent, scientific } from './decimal.ts';
import { checkSpecifier, IllegalFormat, justified, refuseFlags, requireWidth, type Specifier } from './specifier.ts';

function checkNumeric(specifier: Specifier): void {
  const { flags } = specifier;
  checkSpecifier(specifier);
  requireWidth(specifier, '-0');
  if (flags.includes('+') && flags.includes(' ')) throw new IllegalFormat('+ and space');
  if (flags.includes('-') && flags.includes('0')) throw new IllegalFormat('- and 0');
}

/** The sign before the digits and the parenthesis after them. */
function signed(magnitude: string, negative: boolean, specifier: Specifier, tail = ''): string {
  const { flags, width } = specifier;
  const inParentheses = negative && flags.includes('(');
  let sign = '';
  if (negative) sign = inParentheses ? '(' : '-';
  else if (flags.includes('+')) sign = '+';
  else if (flags.includes(' ')) sign = ' ';
  let digits = flags.includes(',') ? grouped(magnitude) : magnitude;
  if (flags.includes('0')) {
    digits = digits.padStart(Number(width ?? 0n) - sign.length - tail.length - (inParentheses ? 1 : 0), '0');
  }
  return justified(`${sign}${digits}${tail}${inParentheses ? ')' : ''}`, specifier);
}

function grouped(magnitude: string): string {
  const [whole = '', ...fraction] = magnitude.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
}

export function formatLong(value: bigint, specifier: Specifier): string {
  const { conversion = '' } = specifier;
  checkNumeric(specifier);
  if (specifier.precision !== undefined) throw new IllegalFormat('precision');
  if (conversion === 'd') {
    refuseFlags(specifier, '#');
    return signed((value < 0n ? -value : value).toString(), value < 0n, specifier);
  }
  refuseFlags(specifier, ',( +');
  return radix(BigInt.asUintN(64, value), specifier);
}

/** Octal and hexadecimal show the bits of a negative number. */
function radix(bits: bigint, specifier: Specifier): string {
  const { conversion = '', flags, width = 0n } = specifier;
  const octal = conversion === 'o';
  let prefix = '';
  if (flags.includes('#')) prefix = octal ? '0' : '0x';
  let digits = bits.toString(octal ? 8 : 16);
  if (flags.includes('0')) digits = digits.padStart(Number(width) - prefix.length, '0');
  const text = prefix + digits;
  return justified(conversion === 'X' ? text.toUpperCase() : text, specifier);
}

const DEFAULT_PRECISION = 6;

export function formatDouble(value: number, specifier: Specifier): string {
  const { conversion = '', flags } = specifier;
  const small = conversion.toLowerCase();
  checkNumeric(specifier);
  if (small === 'e') refuseFlags(specifier, ',');
  if (small === 'g') refuseFlags(specifier, '#');
  const upper = (text: string): string => (conversion === small ? text : text.toUpperCase());
  if (Number.isNaN(value)) return justified(upper('NaN'), specifier);
  const negative = value < 0 || Object.is(value, -0);
  const unpadded = { ...specifier, flags: flags.replace(/[0,]/g, '') };
  if (!Number.isFinite(value)) return signed(upper('Infinity'), negative, unpadded);
  const [mantissa, exponent] = parts(Math.abs(value), specifier, small);
  return signed(mantissa, negative, specifier, upper(exponent));
}

function parts(value: number, { flags, precision }: Specifier, conversion: string): [string, string] {
  const places = precision === undefined ? DEFAULT_PRECISION : Number(precision);
  const decimal = decimalOf(value);
  if (conversion === 'g') {
    const significant = places === 0 ? 1 : places;
    const exponent = roundedExponent(decimal, significant);
    if (value !== 0 && (exponent < -4 || exponent >= significant)) return scientific(decimal, significant - 1);
    return [fixed(decimal, Math.max(0, significant - exponent - 1)), ''];
  }
  const [mantissa, exponent] = conversion === 'e' ? scientific(decimal, places) : [fixed(decimal, places), ''];
  return [flags.includes('#') && places === 0 ? `${mantissa}.` : mantissa, exponent];
}
