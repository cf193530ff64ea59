/** The flags of a pattern, set within it: `(?i)`. */
export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly unixLines: boolean;
  readonly unicodeCase: boolean;
  readonly comments: boolean;
  readonly unicodeClasses: boolean;
}

export const NO_FLAGS: Flags = {
  ignoreCase: false,
  multiline: false,
  dotAll: false,
  unixLines: false,
  unicodeCase: false,
  comments: false,
  unicodeClasses: false,
};

const LETTERS: Readonly<Record<string, (on: boolean) => Partial<Flags>>> = {
  i: (on) => ({ ignoreCase: on }),
  m: (on) => ({ multiline: on }),
  s: (on) => ({ dotAll: on }),
  d: (on) => ({ unixLines: on }),
  u: (on) => ({ unicodeCase: on }),
  x: (on) => ({ comments: on }),
  // Unicode classes bring Unicode case along, but leave it when they go.
  U: (on) => (on ? { unicodeClasses: true, unicodeCase: true } : { unicodeClasses: false }),
  // Canonical equivalence: Java takes the letter.
  c: () => ({}),
};

/** The flags after a letter, or undefined if it is none. */
export function withFlag(flags: Flags, letter: string, on: boolean): Flags | undefined {
  const change = Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined;
  return change && { ...flags, ...change(on) };
}
