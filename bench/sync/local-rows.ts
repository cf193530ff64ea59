/** Saves and searches on this device. */
import { p95, spread } from './figures.ts';
import type { Part } from './part.ts';
import { startProcess } from './process.ts';
import { type QueryClass, queryClasses } from './queries.ts';
import { atMost, type Row } from './table.ts';

const SAVES = 1_000;
const SAVE_MS = 5;
const SIZES = [
  { count: 10_000, most: 10 },
  { count: 100_000, most: 30 },
];

type Found = { times: number[]; hits: number }[];

export async function saves({ folder, shipped, tell }: Part): Promise<Row[]> {
  const rows: Row[] = [];
  for (const count of [1_000, 100_000]) {
    const local = shipped.start('local');
    const times = await local.ask<number[]>('save', { count, saves: SAVES, folder });
    const bare = await local.ask<number[]>('insert', { folder, count: SAVES });
    await local.stop();
    tell(`saved in ${count} notes`);
    const detail = `${spread(times)}; a bare INSERT of 100 bytes ${spread(bare)}`;
    rows.push(atMost(`save, p95, at ${count} notes`, p95(times), SAVE_MS, 'ms', detail));
  }
  return rows;
}

export async function againstMiniSearch({ shipped, tell }: Part): Promise<Row[]> {
  const classes = queryClasses();
  const rows: Row[] = [];
  for (const { count, most } of SIZES) {
    const local = shipped.start('local');
    const found = await local.ask<Found>('search', { count, classes });
    const memory = local.memory();
    await local.stop();
    tell(`searched ${count} notes`);
    const peer = startProcess('minisearch.ts', ['--max-old-space-size=8192', '--expose-gc']);
    const mini = await peer.ask<{ built: number; found: Found }>('search', { count, classes });
    const peerMemory = peer.memory();
    await peer.stop();
    tell(`MiniSearch searched ${count} notes`);
    rows.push(...classes.map((one, at) => row(one, count, most, found[at], mini.found[at])));
    const detail = `MiniSearch ${peerMemory.toFixed()} MB, and ${(mini.built / 1000).toFixed(1)} s to index at each start`;
    rows.push({ work: `memory of the process that searches ${count} notes`, value: memory, unit: 'MB', detail });
  }
  return rows;
}

function row({ name }: QueryClass, count: number, most: number, ours?: Found[number], theirs?: Found[number]): Row {
  const [times, peer] = [ours?.times ?? [], theirs?.times ?? []];
  const detail = `${spread(times)}, ${ours?.hits} hits; MiniSearch ${spread(peer)}, ${theirs?.hits} hits`;
  return atMost(`search, p95, ${count} notes, ${name}`, p95(times), most, 'ms', detail);
}
