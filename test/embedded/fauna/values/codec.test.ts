import { expect, test } from 'vitest';
import { encodeValue } from '../../../../src/embedded/fauna/values/codec.ts';
import { decodeValue } from '../../../../src/embedded/fauna/values/decode.ts';
import { storedLength } from '../../../../src/embedded/fauna/values/stored-length.ts';
import type { Value } from '../../../../src/embedded/fauna/values/value.ts';

const refuse = (): never => {
  throw new Error('nothing here needs it');
};
const rules = { asStored: refuse, lambdaLiteral: refuse };
const back = (value: Value): Value => decodeValue(encodeValue(value, rules), { scope: 0, lambda: refuse });

const lengths = [0, 1, 23, 24, 31, 32, 33, 127, 128, 129, 300];
const texts = ['a', 'é', '語', '😀', '\u0000', '\u007f', '\u0080', '\ud800'].flatMap((character) =>
  lengths.map((length) => 'x'.repeat(Math.max(0, length - 1)) + (length === 0 ? '' : character)),
);

test('texts and names come back as they were, short and long, of ASCII and beyond', () => {
  for (const text of texts) {
    const written = Buffer.from(text).toString();
    expect(back([text, new Map<string, Value>([[text, 'after']]), text])).toEqual([
      written,
      new Map([[written, 'after']]),
      written,
    ]);
  }
});

test('a text counts as many bytes as it has in UTF-8', () => {
  for (const text of texts) {
    const bytes = Buffer.byteLength(text);
    expect(storedLength(text, refuse)).toBe(bytes + (bytes < 24 ? 1 : bytes < 0x7f ? 2 : 3));
  }
});
