/** Format: Java's Formatter with a few conversions left out, and two of Fauna's own (`%@`, `%^`) that show any value. */
import { boundsError, invalidArgument } from '../../../errors/errors.ts';
import { type At, at } from '../../../errors/position.ts';
import { argumentError, fail } from '../../../errors/query-error.ts';
import { anyValue, string, zeroOrMore } from '../../../language/casts.ts';
import { type Call, defineFunction } from '../../../language/define.ts';
import type { Form } from '../../../language/form.ts';
import { typeName } from '../../../values/names.ts';
import { isTagged, type Value } from '../../../values/value.ts';
import { render } from '../../../wire/render.ts';
import { toText } from '../../types/conversions.ts';
import { limitLength } from '../limits.ts';
import { formatTemporal } from './dates.ts';
import { formatGeneral } from './general.ts';
import { formatDouble, formatLong } from './numbers.ts';
import { IllegalFormat, parseFormat, type Specifier } from './specifier.ts';

const invalidConversion = (conversion: string, position: At): never =>
  fail(argumentError(position, `Invalid conversion format '${conversion}'.`));

type Print = (value: Value, specifier: Specifier, position: At, call: Call) => string;

const printTemporal: Print = (value, specifier, position) => {
  if (!isTagged(value) || (value.kind !== 'time' && value.kind !== 'date')) {
    return fail(invalidArgument(position, ['Date', 'Time'], typeName(value)));
  }
  return (
    formatTemporal(value, specifier) ?? fail(argumentError(position, `Invalid date/time suffix '${specifier.text}'.`))
  );
};

const printLong: Print = (value, specifier, position) =>
  typeof value === 'bigint'
    ? formatLong(value, specifier)
    : fail(invalidArgument(position, ['Integer'], typeName(value)));

const printDouble: Print = (value, specifier, position) =>
  typeof value === 'number'
    ? formatDouble(value, specifier)
    : fail(invalidArgument(position, ['Number'], typeName(value)));

const printText: Print = (value, specifier, position) => formatGeneral(toText(value, position), specifier);

/** Anything but false and null is true. */
const printBoolean: Print = (value, specifier) => formatGeneral(String(value !== false && value !== null), specifier);

/** FaunaDB does not know the time of its transaction here, and shows the epoch. */
const rendered = (value: Value, { context }: Call): string =>
  render(value, { session: context.session, scope: context.auth.scope, now: 0n }) ?? 'null';

/** What the value is answered as. */
const printDebug: Print = (value, _specifier, _position, call) => rendered(value, call);

/** The same in the words of API version 2.1. The names to change are keys: in a string their quotes are escaped. */
const printOldDebug: Print = (value, _specifier, _position, call) =>
  rendered(value, call)
    .replace(/("@ref":\{"id":"(?:[^"\\]|\\.)*",)"collection":/g, '$1"class":')
    .replace(/("@ref":\{"id":)"collections"\}/g, '$1"classes"}')
    .replace(/("action":"\w+",)"document":/g, '$1"instance":');

const CONVERSIONS: Readonly<Record<string, Print>> = {
  f: printDouble,
  e: printDouble,
  E: printDouble,
  g: printDouble,
  G: printDouble,
  d: printLong,
  x: printLong,
  X: printLong,
  o: printLong,
  s: printText,
  S: printText,
  b: printBoolean,
  B: printBoolean,
  '@': printOldDebug,
  '^': printDebug,
};
const LITERALS: Readonly<Record<string, string>> = { '%': '%', n: '\n' };

/** A specifier ready to print, or the text it stands for. */
interface Printer {
  readonly specifier: Specifier;
  readonly print: Print;
}

function printerOf(part: string | Specifier, position: At): string | Printer {
  if (typeof part === 'string') return part;
  if (part.time !== undefined) return { specifier: part, print: printTemporal };
  const { conversion = '' } = part;
  if (Object.hasOwn(LITERALS, conversion)) return LITERALS[conversion] ?? '';
  const print = Object.hasOwn(CONVERSIONS, conversion) ? CONVERSIONS[conversion] : undefined;
  return print ? { specifier: part, print } : invalidConversion(part.source, position);
}

function printPart({ specifier, print }: Printer, index: number, values: readonly Value[], call: Call): string {
  const format = at(call.position, 'format');
  const value = values[index];
  if (value === undefined) {
    const [what, bounds] =
      specifier.index === 0
        ? ['format specifiers count', '<= arguments size']
        : ['index', '>= 1 and <= arguments size'];
    return fail(boundsError(format, what, bounds));
  }
  try {
    return print(value, specifier, at(at(call.position, 'values'), index), call);
  } catch (error) {
    if (!(error instanceof IllegalFormat)) throw error;
    return invalidConversion(specifier.text, format);
  }
}

function format(text: string, values: readonly Value[], call: Call): string {
  const parts = parseFormat(text).map((part) => printerOf(part, at(call.position, 'format')));
  let next = 0;
  let length = 0;
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const { index } = part.specifier;
      const printed = printPart(part, index === 0 ? next++ : index - 1, values, call);
      length += printed.length;
      limitLength(length, call.position);
      return printed;
    })
    .join('');
}

export const formatForms: readonly Form[] = [
  defineFunction({
    parameters: { format: string, values: zeroOrMore(anyValue) },
    effect: 'pure',
    evaluate: (args, call) => format(args.format, args.values, call),
  }),
];
