/**
 * One side of contextBridge. The isolated world and the page's world share the DOM but no JavaScript object, and
 * `CustomEvent.detail` crosses between worlds by structured clone, synchronously. So each side holds the same
 * detached element and calls the other by events on it; functions travel as numbers and arrive as proxies.
 * Self-contained because its source is injected into the page.
 */
export interface BridgeHalf {
  /** Makes a value ready to cross: functions and promises become references, plain objects and arrays are copied. */
  pack(value: unknown): unknown;
  unpack(value: unknown): unknown;
  /** Calls `name` on the other side, with plain data only. */
  tell(name: string, detail: unknown): void;
  hear(name: string, listener: (detail: unknown) => void): void;
}

type AnyFunction = (...args: unknown[]) => unknown;
type Reference = { kind: 'function' | 'original' | 'promise'; id: number };
type Reply = { ok: true; value: unknown } | { ok: false; error: unknown };

export function createBridgeHalf(node: EventTarget, mine: string, theirs: string): BridgeHalf {
  const TAG = '\u0000bridge-reference';
  // Kept from before the page's scripts run, which may replace them.
  const { apply } = Reflect;
  const { dispatchEvent, addEventListener, removeEventListener } = EventTarget.prototype;
  const Custom = CustomEvent;
  const functions = new Map<number, AnyFunction>();
  const ids = new WeakMap<AnyFunction, number>();
  const proxies = new WeakMap<AnyFunction, number>();
  let lastId = 0;
  let lastCall = 0;

  const tell = (name: string, detail: unknown) => {
    apply(dispatchEvent, node, [new Custom(`${theirs}:${name}`, { detail })]);
  };
  const hear = (name: string, listener: (detail: unknown) => void) => {
    const receive = (event: Event) => listener((event as CustomEvent).detail);
    apply(addEventListener, node, [`${mine}:${name}`, receive]);
    return () => apply(removeEventListener, node, [`${mine}:${name}`, receive]);
  };

  const keep = (callee: AnyFunction): number => {
    let id = ids.get(callee);
    if (id === undefined) {
      lastId += 1;
      id = lastId;
      ids.set(callee, id);
      functions.set(id, callee);
    }
    return id;
  };

  const call = (id: number, args: unknown[]): unknown => {
    lastCall += 1;
    const number = lastCall;
    let reply: Reply | null = null;
    const stop = hear(`reply:${number}`, (detail) => {
      reply = detail as Reply | null;
    });
    tell('call', { id, number, args: args.map((arg) => pack(arg)) });
    stop();
    // Chromium turns a detail that can't be cloned into null.
    const answer = reply as Reply | null;
    if (!answer) throw new Error('An object could not be cloned.');
    if (!answer.ok) throw unpack(answer.error);
    return unpack(answer.value);
  };

  const pack = (value: unknown, seen = new Map<object, unknown>()): unknown => {
    if (typeof value === 'function') {
      const original = proxies.get(value as AnyFunction);
      if (original !== undefined) return { [TAG]: { kind: 'original', id: original } satisfies Reference };
      return { [TAG]: { kind: 'function', id: keep(value as AnyFunction) } satisfies Reference };
    }
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    if (value instanceof Promise) {
      const subscribe: AnyFunction = (resolve, reject) => {
        value.then(resolve as AnyFunction, reject as AnyFunction);
      };
      return { [TAG]: { kind: 'promise', id: keep(subscribe) } satisfies Reference };
    }
    if (Array.isArray(value)) {
      const copy: unknown[] = [];
      seen.set(value, copy);
      for (const item of value) copy.push(pack(item, seen));
      return copy;
    }
    if (Object.prototype.toString.call(value) !== '[object Object]') return value;
    const copy: Record<string, unknown> = {};
    seen.set(value, copy);
    for (const [key, item] of Object.entries(value)) copy[key] = pack(item, seen);
    return copy;
  };

  const resolve = ({ kind, id }: Reference): unknown => {
    if (kind === 'original') return functions.get(id);
    const proxy: AnyFunction = (...args) => call(id, args);
    if (kind === 'promise') return new Promise((fulfil, reject) => proxy(fulfil, reject));
    proxies.set(proxy, id);
    return proxy;
  };

  const unpack = (value: unknown, seen = new Set<object>()): unknown => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return value;
    const reference = (value as Record<string, Reference | undefined>)[TAG];
    if (reference) return resolve(reference);
    seen.add(value);
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) value[index] = unpack(item, seen);
    } else if (Object.prototype.toString.call(value) === '[object Object]') {
      for (const [key, item] of Object.entries(value)) (value as Record<string, unknown>)[key] = unpack(item, seen);
    }
    return value;
  };

  hear('call', (detail) => {
    const message = detail as { id: number; number: number; args: unknown[] } | null;
    if (!message) return;
    let reply: Reply;
    try {
      const callee = functions.get(message.id);
      if (!callee) throw new Error('The function is gone');
      reply = { ok: true, value: pack(callee(...message.args.map((arg) => unpack(arg)))) };
    } catch (error) {
      reply = { ok: false, error: pack(error) };
    }
    tell(`reply:${message.number}`, reply);
  });

  return { pack: (value) => pack(value), unpack: (value) => unpack(value), tell, hear };
}
