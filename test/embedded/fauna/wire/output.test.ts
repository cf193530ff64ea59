import { describe, expect, it } from 'vitest';
import { Output } from '../../../../src/embedded/fauna/wire/output.ts';

const taken = (out: Output): string => {
  const body = out.take();
  return typeof body === 'string' ? body : Buffer.from(body).toString();
};
const written = (write: (out: Output) => void, room?: number): string => {
  const out = new Output(room);
  write(out);
  return taken(out);
};

const TEXTS = [
  '',
  'plain',
  'a "quote", a \\ and a \n line',
  Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code)).join(''),
  'Ζεύς — “quoted” 日本語 👩‍🚀',
  `${'long '.repeat(50)}"\u2028\u007f`,
];

describe('strings', () => {
  it.each(TEXTS)('are what JSON.stringify makes of them: %j', (text) => {
    expect(written((out) => out.string(text))).toBe(JSON.stringify(text));
  });

  it.each(TEXTS)('are the same from UTF-8: %j', (text) => {
    const bytes = Buffer.from(`<${text}>`);
    expect(written((out) => out.utf8(bytes, 1, bytes.length - 1), 1)).toBe(JSON.stringify(text));
  });

  it('are escaped wherever in them it is needed, and only there', () => {
    const unusual = [0, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x5b, 0x5c, 0x5d, 0x7e, 0x7f];
    const characters = [...unusual.map((code) => String.fromCharCode(code)), 'é', '€', '😀'];
    for (const one of characters) {
      for (const other of ['', ...characters]) {
        for (let place = 0; place < 9; place += 1) {
          const text = `${'a'.repeat(place)}${one}${other}${'b'.repeat(8 - place)}`;
          const bytes = Buffer.from(text);
          expect(written((out) => out.utf8(bytes, 0, bytes.length), 1)).toBe(JSON.stringify(text));
        }
      }
    }
  });

  it('have a question mark for half of a surrogate pair', () => {
    expect(written((out) => out.string('a\ud800b'))).toBe('"a?b"');
  });
});

describe('an output', () => {
  it('grows as it is written to, and is the same again after it was taken', () => {
    const out = new Output(4);
    for (const size of [1, 10, 100_000, 3, 200_000]) {
      for (let part = 0; part < size; part += 1) out.ascii('x');
      out.base64(Buffer.from('<bytes>'), 1, 6);
      expect(taken(out)).toBe(`${'x'.repeat(size)}Ynl0ZXM=`);
    }
  });

  it('keeps what was taken when it is written to again', () => {
    const out = new Output(4);
    out.ascii('y'.repeat(100));
    const first = out.take() as Uint8Array;
    out.ascii('z'.repeat(100));
    expect(Buffer.from(first).toString()).toBe('y'.repeat(100));
    expect(first.byteOffset).toBe(0);
  });

  it('writes into memory that it gets back, if there is enough of it', () => {
    const out = new Output(4);
    const write = (length: number): Uint8Array<ArrayBuffer> => {
      out.ascii('z'.repeat(length));
      return out.take() as Uint8Array<ArrayBuffer>;
    };
    const { buffer } = write(100);
    out.reuse(buffer);
    const larger = write(200);
    expect(larger.buffer).not.toBe(buffer);
    expect(write(50).buffer).toBe(buffer);
    expect(Buffer.from(larger).toString()).toBe('z'.repeat(200));
  });

  it('takes back and puts in front', () => {
    const cut = (out: Output): void => {
      out.ascii('{"a":1');
      const before = out.length;
      out.ascii(',"b":');
      out.cut(before);
      out.ascii('}');
      out.insert(0, '{"@obj":');
      out.ascii('}');
    };
    expect(written(cut, 1)).toBe('{"@obj":{"a":1}}');
  });
});
