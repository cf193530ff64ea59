/**
 * `npm run bench:fauna -- [--large N] [--json FILE]`: the embedded Fauna next to the bare parts it is made of, in ratios
 * of one run. Client and server are two processes. Exits 1 when a target is missed.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.ts';
import { createQuery, GROUP, ROOT_KEY, storeOf } from './load.ts';
import { measure, post, sideBySide } from './measure.ts';
import { openNotes, PAGE } from './notes.ts';
import { type Server, startServer } from './processes.ts';
import { openBare } from './sql.ts';
import { printTable, type Row } from './table.ts';

const { values } = parseArgs({ options: { large: { type: 'string', default: '1000000' }, json: { type: 'string' } } });
const SMALL = 10_000;
const large = Number(values.large);
const ROUNDS = 5;
/** Of what goes through processes or the disk: many short ones. */
const TURNS = 15;
/** Requests before the first that are measured: a server's code is compiled as it is used. */
const WARM = 15_000;
const NOTES = 4000;

const bundled = await bundle();
const startFauna = (file: string): Promise<Server> =>
  startServer(join(bundled, 'fauna-server.cjs'), [file, ROOT_KEY, join(bundled, 'fauna-worker.cjs')]);

const rows: Row[] = [];
const atMost = (work: string, value: number, target: number, unit: string, detail = ''): void => {
  rows.push({ work, value, target: `<= ${target}${unit}`, met: value <= target, unit, detail });
};
const atLeast = (work: string, value: number, target: number, detail: string): void => {
  rows.push({ work, value, target: `>= ${target}x`, met: value >= target, unit: 'x', detail });
};
const shown = ({ rate, median, p95 }: { rate: number; median: number; p95: number }): string =>
  `${Math.round(rate)}/s, median ${median.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`;

const ask = (server: Server, query: object): Promise<string> => post(server.session, ROOT_KEY, JSON.stringify(query));
const getQuery = (id: number): object => ({ get: { ref: { collection: 'notes' }, id: String(id) } });
const matchQuery = (group: number): object => ({
  paginate: { match: { index: 'by_group' }, terms: group },
  size: GROUP,
});
const mapQuery = (group: number): object => ({
  map: { lambda: 'ref', expr: { get: { var: 'ref' } } },
  collection: matchQuery(group),
});
/** The same every time, and all over the store. */
const spread = (turn: number, count: number): number => (turn * 7919) % count;

async function getAgainstEcho(server: Server): Promise<void> {
  const body = await ask(server, getQuery(77));
  const echo = await startServer(join(import.meta.dirname, 'echo-server.ts'), [body]);
  const query = JSON.stringify(getQuery(77));
  const run = (to: Server, count: number, atOnce: number) => () =>
    measure(count, atOnce, () => post(to.session, ROOT_KEY, query));
  for (const to of [server, echo]) await run(to, WARM, 1)();
  for (const [atOnce, count] of [
    [1, 1000],
    [32, 4000],
  ] as const) {
    const { ours, bare, ratio } = await sideBySide(TURNS, run(server, count, atOnce), run(echo, count, atOnce));
    atLeast(`Get by ref, ${atOnce} at once, against an HTTP/2 echo`, ratio, 0.5, `${shown(ours)}; echo ${shown(bare)}`);
  }
  await echo.stop();
}

async function createAgainstInsert(): Promise<void> {
  const file = join(tmpdir(), `burrow-bench-create-${process.pid}.db`);
  const server = await startFauna(file);
  await ask(server, { create_collection: { object: { name: 'notes' } } });
  const bare = openBare(`${file}.bare`);
  for (const [atOnce, count] of [
    [1, 100],
    [32, 640],
  ] as const) {
    const found = await sideBySide(
      TURNS,
      () => measure(count, atOnce, (turn) => ask(server, createQuery(turn))),
      () => measure(count, 1, async (turn) => bare.insert(turn)),
    );
    const ratio = 1 / found.ratio;
    const detail = `${shown(found.ours)}; INSERT and commit ${shown(found.bare)}`;
    if (atOnce === 32) atMost('Create, 32 at once, against INSERT and commit', ratio, 3, 'x', detail);
    else
      rows.push({
        work: 'Create, 1 at once, against INSERT and commit',
        value: ratio,
        target: '',
        met: true,
        unit: 'x',
        detail,
      });
  }
  bare.close();
  await server.stop();
  for (const path of [file, `${file}.bare`])
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

/** Without HTTP on either side: an engine on this thread against the same rows by SQL. */
async function pagesAgainstSql(file: string): Promise<void> {
  const { openLocal } = await import('./local.ts');
  const local = openLocal(file);
  const bare = openBare(`${file}.sql`, SMALL);
  for (const [name, query, sql] of [
    ['Paginate(Match) of 64', matchQuery, bare.match],
    ['Map(Paginate(Match) of 64, Get)', mapQuery, bare.map],
  ] as const) {
    const groups = Math.floor(SMALL / GROUP) - 1;
    const found = await sideBySide(
      ROUNDS,
      () => measure(400, 1, async (turn) => local.ask(query(1 + spread(turn, groups)))),
      () => measure(400, 1, async (turn) => sql(1 + spread(turn, groups))),
    );
    const detail = `${shown(found.ours)}; SQL ${shown(found.bare)}`;
    atMost(`${name}, against the same by SQL`, found.ours.median / found.bare.median, 4, 'x', detail);
  }
  bare.close();
  local.close();
}

/** As the app's first sync reads them. */
function notesAgainstSql(): void {
  const notes = openNotes(NOTES);
  const found: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (let page = 0; page < notes.pages; page += 1) {
      const [ours, bare] = [timeOf(() => notes.fauna(page)), timeOf(() => notes.sql(page))];
      if (round === 0) continue;
      found.ours.push(ours);
      found.bare.push(bare);
    }
  }
  notes.close();
  const [ours, bare] = [median(found.ours), median(found.bare)];
  const detail = `median ${ours.toFixed(1)} ms; SQL ${bare.toFixed(1)} ms`;
  const work = `page of ${PAGE} notes by JWT and role, against the same by SQL`;
  rows.push({ work, value: ours / bare, target: '', met: true, unit: 'x', detail });
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
function timeOf(run: () => unknown): number {
  const begun = performance.now();
  run();
  return performance.now() - begun;
}

async function smallAgainstLarge(small: Server, big: Server): Promise<void> {
  for (const server of [small, big]) await measure(WARM, 1, () => ask(server, getQuery(77)));
  for (const [name, query] of [
    ['Get', (turn: number, count: number) => getQuery(1 + spread(turn, count - 1))],
    ['Match', (turn: number, count: number) => matchQuery(1 + spread(turn, Math.floor(count / GROUP) - 1))],
  ] as const) {
    const run = (server: Server, count: number) => {
      // Others every time.
      let next = 0;
      return () => measure(200, 1, () => ask(server, query(next++, count)));
    };
    const { ours, bare, ratio } = await sideBySide(TURNS, run(big, large), run(small, SMALL));
    const detail = `${shown(ours)}; at ${SMALL} ${shown(bare)}`;
    atMost(`${name} at ${large} documents, against ${SMALL}`, 1 / ratio, 1.5, 'x', detail);
  }
}

const tell = (line: string): void => console.error(line);
const [smallFile, largeFile] = [storeOf(SMALL, tell), storeOf(large, tell)];
const openings: number[] = [];
for (let round = 0; round < 3; round += 1) {
  const server = await startFauna(largeFile);
  openings.push(server.opened);
  await server.stop();
}
const big = await startFauna(largeFile);
await ask(big, getQuery(1));
await new Promise((resolve) => setTimeout(resolve, 2000));
atMost(`open ${large} documents`, openings.sort((a, b) => a - b)[1] ?? 0, 300, ' ms');
atMost(`memory, ${large} documents, idle`, big.memory(), 150, ' MB');
const small = await startFauna(smallFile);
await getAgainstEcho(small);
await smallAgainstLarge(small, big);
await Promise.all([small.stop(), big.stop()]);
await createAgainstInsert();
await pagesAgainstSql(smallFile);
notesAgainstSql();

rmSync(bundled, { recursive: true });
printTable(rows);
const json = JSON.stringify({ node: process.version, documents: [SMALL, large], rows });
if (values.json) writeFileSync(values.json, `${json}\n`);
console.log(json);
process.exit(rows.every((row) => row.met) ? 0 : 1);
