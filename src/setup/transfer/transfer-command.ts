import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openNotes } from '../../main/notes/open-notes.ts';
import { systemClock } from '../../main/notes/surroundings.ts';
import { FailureError, failure } from '../../shared/failure.ts';
import { defaultUserData, isInUse, notesFileOf } from './accounts.ts';
import { exportNotes, type Progress } from './export-notes.ts';
import { importNotes } from './import-notes.ts';

const usage = (name: 'export' | 'import') => `npm run ${name} -- FILE [--account USER_ID] [--user-data DIR] [--json]

${name === 'export' ? 'Writes every note of an account to FILE.' : 'Makes notes from FILE; one that is here already is not made again.'}
FILE ends in .zip (Markdown files) or .jsonl (a note a line).`;

const EVERY = 100;

const progressLine: Progress = (done, of) => {
  if (done % EVERY === 0 || done === of) process.stderr.write(`\r${done}${of > done ? ` of ${of}` : ''} notes`);
};

const read = (args: string[]) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      account: { type: 'string' },
      'user-data': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  if (positionals.length !== 1 || !file || !/\.(zip|jsonl)$/.test(file))
    throw new TypeError('FILE ends in .zip or .jsonl');
  const userData = values['user-data'] ?? process.env.BURROW_USER_DATA ?? defaultUserData();
  return { ...values, file: resolve(file), userData };
};

/** `npm run export`, `npm run import`, `burrow export`, `burrow import`. Answers the exit code. */
export const transferCommand = async (name: 'export' | 'import', args: string[]): Promise<number> => {
  let asked: ReturnType<typeof read>;
  try {
    asked = read(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage(name)}`);
    return 2;
  }
  try {
    const { userId, file } = notesFileOf(asked.userData, asked.account);
    // An open Burrow keeps documents in memory that an import would write past.
    if (name === 'import' && isInUse(asked.userData))
      throw new FailureError(failure('in-use', 'Burrow is running with these notes.', 'Close Burrow, then try again.'));
    const clock: { at: number | null } = { at: null };
    const notes = openNotes({
      file,
      account: userId,
      device: hostname(),
      clock: { ...systemClock, now: () => clock.at ?? systemClock.now() },
    });
    try {
      const result =
        name === 'export'
          ? { exported: await exportNotes(notes, asked.file, progressLine) }
          : await importNotes(notes, asked.file, clock, progressLine);
      process.stderr.write('\n');
      console.log(asked.json ? JSON.stringify({ ok: true, file: asked.file, ...result }) : inWords(result, asked.file));
      return 0;
    } finally {
      await notes.close();
    }
  } catch (error) {
    const why =
      error instanceof FailureError
        ? error.failure
        : failure(
            'transfer-failed',
            `${asked.file} could not be ${name === 'export' ? 'written' : 'read'}.`,
            'Check the folder and the disk.',
          );
    if (asked.json) console.log(JSON.stringify({ ok: false, failure: why }));
    else console.error(`${why.message} ${why.mend ?? ''}`);
    return 1;
  }
};

const inWords = (
  result: { exported: number } | { made: number; known: number; refused: string[] },
  file: string,
): string => {
  if ('exported' in result) return `${result.exported} notes written to ${file}`;
  const refused = result.refused.length ? `, ${result.refused.length} not readable: ${result.refused.join(', ')}` : '';
  return `${result.made} notes made, ${result.known} were here already${refused}`;
};
