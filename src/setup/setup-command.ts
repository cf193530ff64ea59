import { mask } from '../main/logging/log.ts';
import { failure } from '../shared/failure.ts';
import { terminal } from './conversation.ts';
import { askForMissing } from './missing.ts';
import { setUp } from './set-up.ts';
import type { SetUpReport } from './set-up-report.ts';
import { readSettings, UsageError } from './settings.ts';
import { setUpUsage } from './usage.ts';

/** 0 done, 1 failed, 2 not understood, 3 needs a yes. */
const exitCode = (report: SetUpReport): number => (report.result === 'needs-a-yes' ? 3 : report.ok ? 0 : 1);

/** `npm run setup` and `burrow setup`. Answers the exit code. */
export const setUpCommand = async (args: string[]): Promise<number> => {
  try {
    const { settings, flags } = readSettings(args, { folder: process.cwd(), env: process.env });
    if (flags.help) {
      console.log(setUpUsage);
      return 0;
    }
    const talk = terminal({ yes: flags.yes });
    const complete = await askForMissing(settings, talk);
    const report = await setUp({ settings: complete, flags, talk, fetch: (url, init) => fetch(url, init) });
    if (flags.json) console.log(mask(JSON.stringify(report)));
    else if (report.failure) talk.say(mask(`${report.failure.message} ${report.failure.mend ?? ''}`));
    else if (report.result === 'set-up')
      talk.say(
        `\nBurrow uses these servers with BURROW_CONNECTION=${report.connectionFile} npm start (docs/setup.md).`,
      );
    return exitCode(report);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (args.includes('--json'))
      console.log(JSON.stringify({ ok: false, result: 'failed', failure: failure('usage', error.message) }));
    console.error(`${error.message}\n\n${setUpUsage}`);
    return 2;
  }
};
