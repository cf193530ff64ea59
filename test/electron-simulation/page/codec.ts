/**
 * Values as text, with what the structured clone algorithm keeps: both sides of Electron's IPC. A DevTools binding
 * carries strings only. The function is self-contained because its source is also injected into the page.
 */
export interface Codec {
  /** Throws `An object could not be cloned.` for functions, symbols, promises and weak collections. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

export interface Base64 {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array<ArrayBuffer>;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export function createCodec(base64: Base64): Codec {
  const refused = new Set([
    'Function',
    'AsyncFunction',
    'GeneratorFunction',
    'Promise',
    'WeakMap',
    'WeakSet',
    'WeakRef',
  ]);
  const errorTypes: Record<string, ErrorConstructor> = {
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  };
  const views: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
    DataView,
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  };
  const cannotClone = () => new Error('An object could not be cloned.');

  const writer = () => {
    const seen = new Map<object, number>();
    const writeError = (error: Error): Json => [
      'error',
      String(error.name),
      String(error.message),
      String(error.stack ?? ''),
      ...('cause' in error ? [write(error.cause)] : []),
    ];
    const writeObject = (value: object): Json => {
      const known = seen.get(value);
      if (known !== undefined) return ['ref', known];
      seen.set(value, seen.size);
      const kind = Object.prototype.toString.call(value).slice(8, -1);
      if (refused.has(kind)) throw cannotClone();
      if (Array.isArray(value)) {
        return ['array', ...Array.from(value, (item, index) => (index in value ? write(item) : ['hole']))];
      }
      if (ArrayBuffer.isView(value)) {
        return ['view', kind, base64.encode(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))];
      }
      if (value instanceof ArrayBuffer) return ['buffer', base64.encode(new Uint8Array(value))];
      if (value instanceof Date) return ['date', Number.isNaN(value.getTime()) ? null : value.getTime()];
      if (value instanceof RegExp) return ['regexp', value.source, value.flags];
      if (value instanceof Map) return ['map', ...[...value].map(([key, item]): Json => [write(key), write(item)])];
      if (value instanceof Set) return ['set', ...[...value].map(write)];
      if (value instanceof Error) return writeError(value);
      if (value instanceof Number || value instanceof String || value instanceof Boolean) {
        return ['boxed', write(value.valueOf())];
      }
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, write(item)]));
    };
    const write = (value: unknown): Json => {
      if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
      if (typeof value === 'object') return writeObject(value);
      if (typeof value === 'undefined') return ['undefined'];
      if (typeof value === 'bigint') return ['bigint', value.toString()];
      if (typeof value !== 'number') throw cannotClone();
      if (Object.is(value, -0)) return ['number', '-0'];
      return Number.isFinite(value) ? value : ['number', String(value)];
    };
    return write;
  };

  const reader = () => {
    const seen: unknown[] = [];
    /** Objects are numbered before their parts are read, as the writer numbered them; so circles close. */
    const note = <T>(value: T): T => {
      seen.push(value);
      return value;
    };
    const readArray = (items: Json[]): unknown[] => {
      const array = note(new Array<unknown>(items.length));
      for (const [index, item] of items.entries()) {
        if (!(Array.isArray(item) && item[0] === 'hole')) array[index] = read(item);
      }
      return array;
    };
    const readError = ([name, message, stack, ...cause]: Json[]): Error => {
      const Type = errorTypes[String(name)] ?? Error;
      const error = note(new Type(String(message)));
      Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
      if (cause.length > 0) Object.defineProperty(error, 'cause', { value: read(cause[0] as Json), writable: true });
      return error;
    };
    const readMap = (entries: Json[]): Map<unknown, unknown> => {
      const map = note(new Map<unknown, unknown>());
      for (const entry of entries) {
        const [key, item] = entry as [Json, Json];
        map.set(read(key), read(item));
      }
      return map;
    };
    const readSet = (items: Json[]): Set<unknown> => {
      const set = note(new Set<unknown>());
      for (const item of items) set.add(read(item));
      return set;
    };
    const readView = (kind: string, text: string): ArrayBufferView => {
      const View = views[kind];
      if (!View) throw cannotClone();
      return note(new View(base64.decode(text).buffer));
    };
    const tagged: Record<string, (parts: Json[]) => unknown> = {
      undefined: () => undefined,
      number: ([text]) => Number(text),
      bigint: ([text]) => BigInt(String(text)),
      ref: ([index]) => seen[Number(index)],
      array: readArray,
      view: ([kind, text]) => readView(String(kind), String(text)),
      buffer: ([text]) => note(base64.decode(String(text)).buffer),
      date: ([time]) => note(new Date(time === null ? Number.NaN : Number(time))),
      regexp: ([source, flags]) => note(new RegExp(String(source), String(flags))),
      map: readMap,
      set: readSet,
      error: readError,
      boxed: ([value]) => note(Object(read(value as Json))),
    };
    const read = (json: Json): unknown => {
      if (json === null || typeof json !== 'object') return json;
      if (Array.isArray(json)) return tagged[String(json[0])]?.(json.slice(1));
      const object: Record<string, unknown> = note({});
      for (const [key, item] of Object.entries(json)) {
        Object.defineProperty(object, key, { value: read(item), enumerable: true, configurable: true, writable: true });
      }
      return object;
    };
    return read;
  };

  return {
    encode: (value) => JSON.stringify(writer()(value)),
    decode: (text) => reader()(JSON.parse(text) as Json),
  };
}
