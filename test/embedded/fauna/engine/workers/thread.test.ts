import { expect, it } from 'vitest';
import { type Ending, type Job, Thread } from '../../../../../src/embedded/fauna/engine/workers/thread.ts';

/** In call 1, and for a while where no thread can be ended. */
const BUSY = `
  import { pbkdf2Sync } from 'node:crypto';
  import { parentPort, workerData } from 'node:worker_threads';
  parentPort.once('message', () => {
    Atomics.store(new Int32Array(workerData.phase), 0, 1);
    for (;;) pbkdf2Sync('password', 'salt', 300_000, 64, 'sha512');
  });
`;

it('knows the job it was ended in, though it is looked at before it is gone', async () => {
  const job: Job = {
    ...{ id: 1, deadline: 0, attempts: 0, settle: () => {} },
    call: { method: 'findProvider', globalId: 0n, issuer: '' },
  };
  const ended = Promise.withResolvers<{ how: Ending; culprit: Job | undefined }>();
  const thread = new Thread(
    {
      script: new URL(`data:text/javascript,${encodeURIComponent(BUSY)}`),
      ...{ file: '', rootKey: '', role: 'reader', megabytes: 64 },
      ...{ time: new SharedArrayBuffer(8), commits: new SharedArrayBuffer(4) },
    },
    {
      answered: () => {},
      announced: () => {},
      ended: (_, how, _left, culprit) => ended.resolve({ how, culprit }),
    },
  );
  thread.give([job]);
  await expect.poll(() => thread.look(performance.now())?.job, { timeout: 10_000 }).toBe(job);
  thread.end(job);
  expect(thread.look(performance.now())).toBeUndefined();
  expect(await ended.promise).toEqual({ how: 'out of time', culprit: job });
});
