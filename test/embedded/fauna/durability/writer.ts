/**
 * The process that is killed: writes pairs of documents, many transactions at once, through the engine's threads, and
 * says which were acknowledged, one number a line. Between them its writer forgets old versions. Arguments: the file,
 * the round.
 */

import { writeSync } from 'node:fs';
import { createClock, sharedTime } from '../../../../src/embedded/fauna/engine/clock.ts';
import { createWorkerDoor } from '../../../../src/embedded/fauna/engine/workers/door.ts';
import { Store } from '../../../../src/embedded/fauna/store/store.ts';
import { bodyText } from '../body-text.ts';
import { pairQuery, ROOT_KEY, request, SET_UP } from './pairs.ts';

const [file = '', round = '0'] = process.argv.slice(2);
const time = sharedTime();
const clock = createClock(time);
new Store(file, clock).close();
const script = new URL('../../../../src/embedded/fauna/engine/workers/worker.ts', import.meta.url);
const door = createWorkerDoor({ file, rootKey: ROOT_KEY, script, clock, time, tidyAfter: 1 });

/** At once, to a pipe, so that what was acknowledged outlives this process. One that is full is waited for. */
function say(line: string): void {
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(never, 0, 0, 1);
    }
  }
}

const run = async (): Promise<void> => {
  for (const query of SET_UP) await door.query(request(query));
  say('ready');
  let next = 0;
  const write = async (): Promise<void> => {
    for (;;) {
      const number = Number(round) * 1_000_000 + next;
      next += 1;
      const response = await door.query(request(pairQuery(number)));
      if (response.status !== 201) throw new Error(bodyText(response));
      say(String(number));
    }
  };
  await Promise.all(Array.from({ length: 16 }, write));
};

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
