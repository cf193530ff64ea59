/** The parts of a format: plain text and specifiers (`%2$-10.3f`), as java.util.Formatter has them. */
import { longOf } from '../../math/long.ts';

/** One specifier with its index taken off, so that it stands for one value. */
export interface Specifier {
  /** As it was written. Errors about the conversion show it, all others the text without the index. */
  readonly source: string;
  readonly text: string;
  /** Counted from 1; 0 takes the next value. */
  readonly index: number;
  readonly flags: string;
  readonly width: bigint | undefined;
  readonly precision: bigint | undefined;
  /** `t` or `T` before the conversion of a date or time. */
  readonly time: string | undefined;
  readonly conversion: string | undefined;
}

const SPECIFIER = /%(\d+\$)?([-#+ 0,(<]*)(\d+)?(\.\d+)?([tT])?([a-zA-Z%@^])?/g;

export function parseFormat(format: string): (string | Specifier)[] {
  const parts: (string | Specifier)[] = [];
  let copied = 0;
  for (const match of format.matchAll(SPECIFIER)) {
    const [text, index = '', flags = '', width, precision, time, conversion] = match;
    if (match.index > copied) parts.push(format.slice(copied, match.index));
    parts.push({
      source: text,
      text: `%${text.slice(1 + index.length)}`,
      index: Number(longOf(Number(index.slice(0, -1)))),
      flags,
      width: width === undefined ? undefined : BigInt(width),
      precision: precision === undefined ? undefined : BigInt(precision.slice(1)),
      time,
      conversion,
    });
    copied = match.index + text.length;
  }
  if (copied < format.length) parts.push(format.slice(copied));
  return parts;
}

/** Thrown where Java throws an IllegalFormatException. */
export class IllegalFormat extends Error {
  override readonly name = 'IllegalFormat';
}

/** Padding beyond this is no format but an attack. */
const MAX_SIZE = 2n ** 20n;

/** Flags may not be given twice, sizes must be Ints, and `<` has no value before it to mean. */
export function checkSpecifier({ flags, width, precision }: Specifier): void {
  if (new Set(flags).size < flags.length || flags.includes('<')) throw new IllegalFormat('flags');
  if ((width ?? 0n) > MAX_SIZE || (precision ?? 0n) > MAX_SIZE) throw new IllegalFormat('size');
}

export function refuseFlags({ flags }: Specifier, refused: string): void {
  for (const flag of refused) if (flags.includes(flag)) throw new IllegalFormat(`flag ${flag}`);
}

/** `-` pads on the right, which takes a width. */
export function requireWidth({ flags, width }: Specifier, needing: string): void {
  if (width === undefined) for (const flag of needing) if (flags.includes(flag)) throw new IllegalFormat('width');
}

export function justified(text: string, { flags, width = 0n }: Specifier): string {
  return flags.includes('-') ? text.padEnd(Number(width)) : text.padStart(Number(width));
}
