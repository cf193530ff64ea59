/**
 * `npm run bench:sync -- [--only NAME,…] [--json FILE]`: the sync beside PouchDB with its own server, the local search
 * beside MiniSearch, and what a save costs; ratios of one run. Exits 1 when a target is missed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { againstMiniSearch, saves } from './local-rows.ts';
import type { Part } from './part.ts';
import { ship } from './shipped.ts';
import { againstPouchDB } from './sync-rows.ts';
import { printTable, type Row } from './table.ts';

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });

const bench = join(import.meta.dirname, '..');
if (!existsSync(join(bench, 'node_modules/pouchdb'))) {
  console.error('Installing the peers, once: npm ci --prefix bench');
  // npm is a script of the shell's on Windows.
  const install = spawnSync('npm ci --no-audit --no-fund', { cwd: bench, stdio: 'inherit', shell: true });
  if (install.status !== 0) process.exit(2);
}

const parts: Record<string, (part: Part) => Promise<Row[]>> = {
  sync: againstPouchDB,
  saves,
  search: againstMiniSearch,
};
const wanted = values.only?.split(',') ?? Object.keys(parts);
const unknown = wanted.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}": ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
const begun = performance.now();
const seconds = (): number => Math.round((performance.now() - begun) / 1000);
const tell = (line: string): void => console.error(`${String(seconds()).padStart(4)} s  ${line}`);
const load = [loadavg()[0] ?? 0];
const folder = mkdtempSync(join(tmpdir(), 'burrow-bench-sync-'));
const shipped = await ship();
const rows: Row[] = [];
try {
  for (const name of wanted) rows.push(...((await parts[name]?.({ folder, shipped, tell })) ?? []));
} finally {
  for (const made of [folder, shipped.folder]) rmSync(made, { recursive: true, force: true });
}
load.push(loadavg()[0] ?? 0);

const machine = { node: process.version, processor: cpus()[0]?.model, cores: cpus().length, load };
printTable(rows);
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${machine.cores} x ${machine.processor}, Node ${machine.node}, ` +
    `load ${load.map((value) => value.toFixed(1)).join(' to ')}, ${seconds()} s`,
);
const json = JSON.stringify({ date: new Date().toISOString(), ...machine, seconds: seconds(), rows });
if (values.json) writeFileSync(values.json, `${json}\n`);
console.log(json);
process.exit(rows.every(({ met }) => met !== false) ? 0 : 1);
