import type { BridgeHalf } from './bridge-half.ts';
import type { Base64, Codec } from './codec.ts';
import type { PageSettings } from './main-world.ts';

type KeyPress = Record<'key' | 'code', string> & Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>;
type Editable = {
  isContentEditable?: boolean;
  tagName?: string;
  closest?(selector: string): { href: string } | null;
} | null;
type Listener = (event: unknown, ...args: unknown[]) => void;

interface Parts {
  settings: PageSettings & { process: Record<string, unknown> };
  createCodec(base64: Base64): Codec;
  createBridgeHalf(node: EventTarget, mine: string, theirs: string): BridgeHalf;
  /** The preload's source, wrapped in a function of its own: its variables must not meet ours. */
  preload(require: (name: string) => unknown, process: unknown, module: { exports: unknown }, exports: unknown): void;
}

/** What the main process calls, by DevTools, in the isolated world. */
export interface IsolatedWorldDoor {
  reply(id: number, ok: boolean, text: string): void;
  deliver(channel: string, text: string): void;
}

/** Runs in the preload's world, of the top frame only, as a sandboxed preload does in Electron. */
export function runIsolatedWorld({ settings, createCodec, createBridgeHalf, preload }: Parts): void {
  const world = globalThis as unknown as EventTarget & {
    top: unknown;
    location: { href: string };
    document: { createElement(name: string): EventTarget };
    MouseEvent: new (name: string, init: { relatedTarget: EventTarget }) => Event;
    getSelection(): unknown;
    burrowSimulatedSend?: (text: string) => void;
    burrowSimulatedDoor?: IsolatedWorldDoor;
    Uint8Array: { fromBase64(text: string): Uint8Array<ArrayBuffer> };
  };
  if (world.top !== world) return;
  const post = world.burrowSimulatedSend;
  if (!post) return;
  const codec = createCodec({
    encode: (bytes) => (bytes as unknown as { toBase64(): string }).toBase64(),
    decode: (text) => world.Uint8Array.fromBase64(text),
  });
  // Asked for by await, JSON and bundlers' interop of any object; their absence is an answer.
  const probes = new Set(['then', 'toJSON', '__esModule', 'default']);
  const missing = (owner: string, members: object): object =>
    new Proxy(members, {
      get: (target, name) => {
        if (typeof name === 'symbol' || name in target || probes.has(name)) return Reflect.get(target, name);
        throw new Error(`The simulated host has no ${owner}.${name} (test/electron-simulation/page)`);
      },
    });

  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void; channel: string }>();
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  let lastId = 0;
  const send = (kind: 'invoke' | 'send', id: number, channel: string, args: unknown[]) => {
    const text = codec.encode(args);
    post(`${JSON.stringify({ kind, id, channel, url: world.location.href })}\n${text}`);
  };
  const tell = (kind: 'key' | 'context-menu', detail: object) => {
    post(`${JSON.stringify({ kind, id: 0, channel: '', url: world.location.href })}\n${codec.encode([detail])}`);
  };
  const add = (channel: string, listener: Listener, once: boolean) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  };
  const remove = (channel: string, listener: Listener) => {
    const left = (listeners.get(channel) ?? []).filter((entry) => entry.listener !== listener);
    listeners.set(channel, left);
    return ipcRenderer;
  };

  const ipcRenderer = missing('ipcRenderer', {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        send('invoke', lastId, channel, args);
        waiting.set(lastId, { resolve, reject, channel });
      }),
    send: (channel: string, ...args: unknown[]) => send('send', 0, channel, args),
    on: (channel: string, listener: Listener) => add(channel, listener, false),
    addListener: (channel: string, listener: Listener) => add(channel, listener, false),
    once: (channel: string, listener: Listener) => add(channel, listener, true),
    off: remove,
    removeListener: remove,
    removeAllListeners: (channel?: string) => {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string) => listeners.get(channel)?.length ?? 0,
  });

  world.burrowSimulatedDoor = {
    reply: (id, ok, text) => {
      const call = waiting.get(id);
      waiting.delete(id);
      if (ok) call?.resolve(codec.decode(text));
      else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${text}`));
    },
    deliver: (channel, text) => {
      const args = codec.decode(text) as unknown[];
      for (const { listener, once } of listeners.get(channel) ?? []) {
        if (once) remove(channel, listener);
        listener({ sender: ipcRenderer, ports: [] }, ...args);
      }
    },
  };

  // Menu shortcuts: keys that the page left alone, once all of its own listeners have run.
  world.addEventListener(
    'keydown',
    (event) => {
      const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event as unknown as KeyPress;
      if (!event.isTrusted || !(ctrlKey || metaKey || altKey || /^F\d+$/.test(key))) return;
      setTimeout(() => {
        if (!event.defaultPrevented) tell('key', { key, code, ctrlKey, metaKey, altKey, shiftKey });
      });
    },
    true,
  );
  world.addEventListener('contextmenu', (event) => {
    const {
      clientX: x,
      clientY: y,
      target,
    } = event as unknown as { clientX: number; clientY: number; target: Editable };
    const isEditable = Boolean(target?.isContentEditable || /^(INPUT|TEXTAREA)$/.test(target?.tagName ?? ''));
    const selectionText = String(world.getSelection() ?? '');
    tell('context-menu', {
      x,
      y,
      isEditable,
      selectionText,
      linkURL: target?.closest?.('a')?.href ?? '',
      misspelledWord: '',
      dictionarySuggestions: [],
    });
  });

  const node = world.document.createElement('div');
  world.dispatchEvent(new world.MouseEvent(settings.handshake, { relatedTarget: node }));
  const half = createBridgeHalf(node, 'preload', 'page');
  let taken = false;
  half.hear('exposed', (detail) => {
    taken = (detail as { taken: boolean }).taken;
  });
  const contextBridge = missing('contextBridge', {
    exposeInMainWorld: (name: string, value: unknown) => {
      half.tell('expose', { name, value: half.pack(value) });
      if (taken) throw new Error('Cannot bind an API on top of an existing property on the window object');
    },
  });

  const electron = missing("require('electron')", { contextBridge, ipcRenderer });
  const require = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  try {
    preload(require, missing('process', settings.process), module, module.exports);
  } catch (error) {
    post(
      `${JSON.stringify({ kind: 'preload-error', id: 0, channel: '', url: world.location.href })}\n${codec.encode([error])}`,
    );
    console.error('Unable to load preload script', error);
  }
}
