import { parseArgs } from 'node:util';
import { killRounds } from '../test/embedded/fauna/durability/kill.ts';

/** `npm run kill:fauna -- --rounds 200`: kills a writing Fauna again and again; fails when anything is lost or half. */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('npm run kill:fauna -- [--rounds N]');
  process.exit(1);
}
const report = await killRounds(rounds, (line) => console.log(line));
console.log(JSON.stringify(report));
const wrong = report.missing.length + report.half.length + report.damaged.length;
process.exit(wrong === 0 && report.check === 'ok' ? 0 : 1);
