import { parseArgs } from 'node:util';
import { killWholeApp } from '../test/e2e/durability/whole-app.ts';
import { killRounds } from '../test/main/durability/kill-rounds.ts';
import { buildApp } from './support/build.ts';
import { ensureChromium } from './support/chromium.ts';

/**
 * `npm run kill:app -- --rounds 1000`: kills main's saving code, in a process of its own, that often, and the whole app
 * once for every 25 of them (`--whole-app N` says otherwise). Fails when a save that was acknowledged is lost or half.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '200' }, 'whole-app': { type: 'string' } },
});
const rounds = Number(values.rounds);
const wholeApp = values['whole-app'] === undefined ? Math.ceil(rounds / 25) : Number(values['whole-app']);
if (!Number.isInteger(rounds) || !Number.isInteger(wholeApp) || rounds < 0 || wholeApp < 0) {
  console.error('npm run kill:app -- [--rounds N] [--whole-app N]');
  process.exit(1);
}
const wrong: string[] = [];
const tell = (line: string) => console.log(line);

if (rounds > 0) {
  const report = await killRounds(rounds, tell);
  console.log(JSON.stringify(report));
  wrong.push(...report.wrong);
}
if (wholeApp > 0) {
  if (!ensureChromium()) process.exit(1);
  buildApp();
  const report = await killWholeApp(wholeApp, tell);
  console.log(JSON.stringify(report));
  wrong.push(...report.wrong);
}
process.exit(wrong.length === 0 ? 0 : 1);
