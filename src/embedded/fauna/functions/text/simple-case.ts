/** Case of one code point as one code point, where JavaScript's toUpperCase may answer several. */

/** Greek letters with iota below, which JavaScript takes apart. */
function withIota(code: number): number | undefined {
  if (code >= 0x1f80 && code <= 0x1faf) return code % 16 < 8 ? code + 8 : code;
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return code + 9;
  return undefined;
}

const one = (text: string, otherwise: number): number => {
  const code = text.codePointAt(0) ?? otherwise;
  return text.length === (code > 0xffff ? 2 : 1) ? code : otherwise;
};

export const upperOf = (code: number): number => withIota(code) ?? one(String.fromCodePoint(code).toUpperCase(), code);

export const lowerOf = (code: number): number =>
  code === 0x130 ? 0x69 : one(String.fromCodePoint(code).toLowerCase(), code);
