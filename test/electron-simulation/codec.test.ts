import { describe, expect, it } from 'vitest';
import { codec } from './page/node-codec.ts';

const throughIpc = (value: unknown) => codec.decode(codec.encode(value));

describe('the IPC codec', () => {
  it('keeps what structured clone keeps', () => {
    const value = {
      undefined: undefined,
      null: null,
      numbers: [1, -0, Number.NaN, Number.POSITIVE_INFINITY],
      bigint: 2n ** 80n,
      date: new Date(86_400_000),
      invalid: new Date(Number.NaN),
      pattern: /a.c/giu,
      map: new Map<unknown, unknown>([[{ key: 1 }, new Set(['a', 2n])]]),
      bytes: new Uint8Array([0, 127, 255]),
      floats: new Float64Array([0.1, -0]),
      buffer: new Uint8Array([9, 8]).buffer,
      nested: [['deep', { er: true }]],
      boxed: Object(5),
    };
    expect(throughIpc(value)).toEqual(value);
    expect(Object.keys(throughIpc({ a: undefined }) as object)).toEqual(['a']);
  });

  it('sends a view alone, not the buffer that it looks into', () => {
    const whole = new Uint8Array([1, 2, 3, 4, 5]);
    const received = throughIpc(whole.subarray(1, 3)) as Uint8Array;
    expect([...received]).toEqual([2, 3]);
    expect(received.buffer.byteLength).toBe(2);
  });

  it('keeps the type, message and cause of errors', () => {
    const received = throughIpc(new RangeError('too far', { cause: new Error('before') })) as RangeError;
    expect(received).toBeInstanceOf(RangeError);
    expect(received.message).toBe('too far');
    expect((received.cause as Error).message).toBe('before');
  });

  it('closes circles and keeps shared objects shared', () => {
    const shared = { name: 'shared' };
    const value: Record<string, unknown> = { list: [shared, shared] };
    value.self = value;
    const received = throughIpc(value) as { list: [object, object]; self: unknown };
    expect(received.self).toBe(received);
    expect(received.list[0]).toBe(received.list[1]);
  });

  it('keeps holes and a key named __proto__ apart from the prototype', () => {
    const holey = new Array<number>(3);
    holey[1] = 5;
    expect(0 in (throughIpc(holey) as number[])).toBe(false);
    const received = throughIpc(JSON.parse('{"__proto__": {"polluted": true}}')) as { polluted?: boolean };
    expect(received.polluted).toBeUndefined();
    expect(Object.hasOwn(received, '__proto__')).toBe(true);
  });

  it.each([
    ['a function', () => {}],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve()],
    ['a weak map', new WeakMap()],
  ])('refuses %s', (_name, value) => {
    expect(() => codec.encode({ value })).toThrow('An object could not be cloned.');
  });
});
