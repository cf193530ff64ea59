/** First sync, push and one change, beside PouchDB; and what a device that does nothing takes of the memory. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FirstSync } from './burrow-device.ts';
import { ACCOUNT } from './burrow-notes.ts';
import type { FaunaAddress } from './fauna-server.ts';
import { median, p95, spread } from './figures.ts';
import type { Part } from './part.ts';
import type { Documents } from './pouch-server.ts';
import { startProcess } from './process.ts';
import type { Shipped } from './shipped.ts';
import { atMost, type Row, timesAsFast } from './table.ts';

const NOTES = 10_000;
const CHANGED = 1_000;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** PouchDB with the same documents, as it comes (by 100) and by larger batches; and without Yjs states. */
const PEERS: readonly { name: string; documents: Documents; batch: number }[] = [
  { name: 'as it comes', documents: 'same', batch: 100 },
  { name: 'by 500', documents: 'same', batch: 500 },
  { name: 'by 500 without Yjs states', documents: 'readable', batch: 500 },
];
const CHANGES = 60;
/** The engine's: src/main/sync/engine.ts. */
const DEBOUNCE_MS = 200;
const IDLE_MS = 8_000;

export async function againstPouchDB({ folder, shipped, tell }: Part): Promise<Row[]> {
  const faunaServer = shipped.start('fauna-server');
  const address = await faunaServer.ask<FaunaAddress>('open', { file: join(folder, 'fauna.db'), account: ACCOUNT });
  const filler = shipped.start('burrow-device');
  await filler.ask('fill', { ...address, account: ACCOUNT, file: '', count: NOTES });
  await filler.stop();
  tell(`Fauna has ${NOTES} notes`);
  mkdirSync(join(folder, 'pouch-server'));
  const pouchServer = startProcess('pouch-server.ts');
  const addresses = { folder: join(folder, 'pouch-server'), notes: NOTES };
  const urls = await pouchServer.ask<Record<Documents, string>>('open', addresses);
  tell(`express-pouchdb has ${NOTES} notes`);

  const ours = { pull: [] as number[], there: [] as number[], held: [] as number[], push: [] as number[] };
  const theirs = PEERS.map((peer) => ({ ...peer, pull: [] as number[], push: [] as number[] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    const device = shipped.start('burrow-device');
    const own = { ...address, account: ACCOUNT, file: join(folder, `device-${round}.db`) };
    const first = await device.ask<FirstSync>('firstSync', { ...own, count: NOTES });
    ours.pull.push(first.ms);
    ours.there.push(first.there);
    ours.held.push(first.held);
    ours.push.push(await device.ask<number>('push', { from: round * CHANGED, count: CHANGED, turn: round }));
    await device.stop();
    tell(
      `round ${round + 1}: Burrow pulled in ${ours.pull.at(-1)?.toFixed()} ms, pushed in ${ours.push.at(-1)?.toFixed()}`,
    );
    for (const [at, { name, documents, batch, pull, push }] of theirs.entries()) {
      const home = join(folder, `pouch-${round}-${at}`);
      mkdirSync(home);
      const pouch = startProcess('pouch-device.ts');
      pull.push(await pouch.ask<number>('pull', { folder: home, url: urls[documents], notes: NOTES, batch }));
      const from = ((round * PEERS.length + at) * CHANGED) % NOTES;
      push.push(await pouch.ask<number>('push', { from, count: CHANGED, batch, turn: round }));
      await pouch.stop();
      tell(`  PouchDB ${name}: pulled in ${pull.at(-1)?.toFixed()} ms, pushed in ${push.at(-1)?.toFixed()}`);
    }
  }
  await pouchServer.stop();

  const compared = (work: string, kind: 'pull' | 'push'): Row[] =>
    theirs.map((peer, at) => {
      const times = median(peer[kind]) / median(ours[kind]);
      const detail = `${spread(ours[kind])}; PouchDB ${spread(peer[kind])}`;
      const name = `${work}, against PouchDB ${peer.name}`;
      // The others tell how much of it is PouchDB's batches, and how much the states.
      return at === 0 ? timesAsFast(name, times, 3, detail) : { work: name, value: times, unit: 'x', detail };
    });
  const rows = [
    ...compared(`first sync of ${NOTES} notes`, 'pull'),
    ...compared(`push of ${CHANGED} changed notes`, 'push'),
    {
      ...{ work: `first sync of ${NOTES} notes, the main thread held up`, value: Math.max(...ours.held), unit: 'ms' },
      detail: `at most, at a time; all notes there (the index follows) ${spread(ours.there)}`,
    },
    ...(await deviceToDevice(address, folder, shipped)),
    await idleMemory(address, folder, shipped),
  ];
  await faunaServer.stop();
  return rows;
}

/** Two devices with the files of the first two rounds. */
async function deviceToDevice(address: FaunaAddress, folder: string, shipped: Shipped): Promise<Row[]> {
  const [laptop, phone] = [shipped.start('burrow-device'), shipped.start('burrow-device')] as const;
  for (const [at, device] of [laptop, phone].entries()) {
    await device.ask('start', { ...address, account: ACCOUNT, file: join(folder, `device-${at}.db`) });
  }
  await phone.ask('watch', { number: 42 });
  const times: number[] = [];
  for (let turn = 0; turn < CHANGES; turn += 1) {
    const marker = `<${turn}>`;
    const begun = await laptop.ask<number>('edit', { number: 42, marker });
    times.push((await phone.ask<number>('seen', { marker })) - begun - DEBOUNCE_MS);
  }
  await Promise.all([laptop.stop(), phone.stop()]);
  return [atMost('one change, device to device, p95 after the debounce', p95(times), 100, 'ms', spread(times))];
}

/** A device that was synced before, as on any day: opened, synced, searched once, its housekeeping done. */
async function idleMemory(address: FaunaAddress, folder: string, shipped: Shipped): Promise<Row> {
  const device = shipped.start('burrow-device');
  await device.ask('start', { ...address, account: ACCOUNT, file: join(folder, 'device-0.db') });
  await device.ask('settle');
  await new Promise((go) => setTimeout(go, IDLE_MS));
  const memory = device.memory();
  await device.stop();
  const detail = 'resident; store, search worker, engine and stream in Node, no Electron';
  return atMost(`memory, ${NOTES} notes, idle`, memory, 150, 'MB', detail);
}
