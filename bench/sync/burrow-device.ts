/** A device with Burrow's store and sync engine, as main has them, without Electron. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as Y from 'yjs';
import { createDriverTransport } from '../../src/main/fauna/transport.ts';
import type { NotesStore } from '../../src/main/notes/notes-store.ts';
import { openNotes } from '../../src/main/notes/open-notes.ts';
import { systemClock, systemRandom } from '../../src/main/notes/surroundings.ts';
import { createSyncEngine, type SyncEngine } from '../../src/main/sync/engine.ts';
import { createFaunaGateway } from '../../src/main/sync/fauna-gateway.ts';
import { systemTimers } from '../../src/main/sync/surroundings.ts';
import { fillServer } from './burrow-notes.ts';
import { Editor } from './editor.ts';
import type { FaunaAddress } from './fauna-server.ts';
import { timed } from './figures.ts';
import { serve } from './process.ts';
import { searchInWorker } from './search-worker.ts';
import { noteOf } from './texts.ts';

/** ms. */
export interface FirstSync {
  /** From an empty file to a synced one whose search knows every note. */
  ms: number;
  /** Until every note was there; the index followed. */
  there: number;
  /** The longest that the thread was held up at a time. */
  held: number;
}

interface Device extends FaunaAddress {
  account: string;
  file: string;
}

let notes: NotesStore;
let engine: SyncEngine;
let device: Device;
/** When each marker was seen in a note, in ms since the epoch. */
const seen = new Map<string, number>();

const gatewayTo = ({ endpoint }: FaunaAddress) => createFaunaGateway(createDriverTransport({ endpoint, fetch }));
const open = (): void => {
  const { account, file } = device;
  notes = openNotes({ file, account, device: `bench-${process.pid}`, search: searchInWorker });
};
const startEngine = (): void => {
  const expiresAt = Date.now() + 7_000_000;
  engine = createSyncEngine({
    notes,
    gateway: gatewayTo(device),
    token: { get: async () => ({ ok: true, value: { secret: device.token, expiresAt } }), forget() {} },
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
  });
  engine.start();
};
const synced = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const look = (): void => {
      const { state, waiting, failure, setAside } = engine.status();
      if (state === 'failed' || setAside.length > 0)
        reject(new Error(JSON.stringify({ failure, setAside: setAside.length })));
      else if (state === 'synced' && waiting === 0) resolve();
    };
    engine.on('status', look);
    look();
  });
const live = async (): Promise<void> => {
  while (!notes.sync.readLog(20).some(({ event }) => event === 'live')) await new Promise((go) => setTimeout(go, 20));
};
const now = (): number => performance.timeOrigin + performance.now();

serve({
  fill: ({ count, ...to }: Device & { count: number }) => fillServer(gatewayTo(to), to.token, count),
  firstSync: async ({ count, ...own }: Device & { count: number }) => {
    device = own;
    open();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    let there = 0;
    const ms = await timed(async () => {
      there = await timed(() => {
        startEngine();
        return synced();
      });
      await notes.indexed();
    });
    delay.disable();
    if (notes.list().length !== count) throw new Error(`${notes.list().length} of ${count} notes came`);
    return { ms, there, held: delay.max / 1e6 } satisfies FirstSync;
  },
  /** Opens what is there already, and syncs. */
  start: async (own: Device) => {
    device = own;
    open();
    startEngine();
    await synced();
    await live();
  },
  /** What a device does once it is left alone. */
  settle: async () => {
    await notes.search('word');
    notes.tidy();
  },
  /** Edits made while the engine is off; the time is from its start until all is acknowledged, its first pull included. */
  push: async ({ from, count, turn }: { from: number; count: number; turn: number }) => {
    engine.stop();
    for (let number = from; number < from + count; number += 1) {
      const { id } = noteOf(number);
      const editor = new Editor(notes.open(id).state);
      notes.save(id, editor.insert(editor.length, `\nturn ${turn}`));
    }
    // The edits held this thread: it has yet to hear that the server closed an idle connection meanwhile.
    await new Promise((go) => setTimeout(go, 100));
    return timed(() => {
      startEngine();
      return synced();
    });
  },
  /** The marker goes to the end of the note; answers when the save was called, ms since the epoch. */
  edit: ({ number, marker }: { number: number; marker: string }) => {
    const { id } = noteOf(number);
    const editor = new Editor(notes.open(id).state);
    const update = editor.insert(editor.length, marker);
    const begun = now();
    notes.save(id, update);
    return begun;
  },
  watch: ({ number }: { number: number }) => {
    const { id } = noteOf(number);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, notes.open(id).state);
    let last = doc.getText('body').length;
    notes.on('updated', (of, update) => {
      if (of !== id) return;
      const at = now();
      Y.applyUpdate(doc, update);
      const text = doc.getText('body').toString();
      for (const [marker] of text.slice(last).matchAll(/<\d+>/g)) seen.set(marker, at);
      last = text.length;
    });
  },
  seen: async ({ marker }: { marker: string }) => {
    const until = Date.now() + 10_000;
    while (!seen.has(marker) && Date.now() < until) await new Promise((go) => setTimeout(go, 5));
    return seen.get(marker) ?? Number.NaN;
  },
});
