import { mask } from '../main/logging/log.ts';
import { checkText, diagnosisSummary } from '../shared/connection/diagnosis-text.ts';
import { doctor } from './doctor.ts';
import { readSettings, UsageError } from './settings.ts';
import { doctorUsage } from './usage.ts';

/** `npm run doctor` and `burrow doctor`. Answers the exit code: 0 every check passed, 1 one failed, 2 not understood. */
export const doctorCommand = async (args: string[]): Promise<number> => {
  try {
    const { settings, flags } = readSettings(args, { folder: process.cwd(), env: process.env });
    if (flags.help) {
      console.log(doctorUsage);
      return 0;
    }
    const diagnosis = await doctor({
      settings,
      fetch: (url, init) => fetch(url, init),
      ended: (result) => {
        if (!flags.json) console.log(mask(checkText(result)));
      },
    });
    if (flags.json) console.log(mask(JSON.stringify(diagnosis)));
    else console.log(`\n${diagnosisSummary(diagnosis)}`);
    return diagnosis.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${doctorUsage}`);
    return 2;
  }
};
