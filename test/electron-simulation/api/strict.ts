import { EventEmitter } from 'node:events';

/** Asked for by await, JSON and bundlers' interop of any object; their absence is an answer. */
const probes = new Set<string | symbol>([
  'then',
  'toJSON',
  '__esModule',
  'default',
  'nodeType',
  'tagName',
  'asymmetricMatch',
]);

const guard = (owner: string, prototype: object): object =>
  new Proxy(prototype, {
    get: (target, name, receiver) => {
      if (typeof name === 'symbol' || name in target || probes.has(name)) return Reflect.get(target, name, receiver);
      throw new Error(`The simulated host has no ${owner}.${name}: add it in test/electron-simulation/api`);
    },
  });

/**
 * Gives an object a prototype that throws for members it lacks: a part of Electron that nobody simulated is then
 * seen at once, where `undefined` would travel.
 */
export const strict = <T extends object>(owner: string, members: T): T =>
  Object.setPrototypeOf(members, guard(owner, Object.getPrototypeOf(members) as object)) as T;

/** The same for a class: extend what this returns. */
export const strictEmitter = (owner: string): (new () => EventEmitter) => {
  class StrictEmitter extends EventEmitter {}
  Object.setPrototypeOf(StrictEmitter.prototype, guard(owner, EventEmitter.prototype));
  return StrictEmitter;
};

export interface PreventableEvent {
  preventDefault(): void;
  defaultPrevented: boolean;
}

/** Electron's event object: the first argument of most listeners. */
export const createEvent = <T extends object = object>(details?: T): PreventableEvent & T => {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  } as PreventableEvent & T;
  return event;
};
