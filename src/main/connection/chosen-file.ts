import { rmSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import type { ConnectionFile } from '../../shared/connection/configuration.ts';
import { FailureError, failure } from '../../shared/failure.ts';

const explained = (work: () => void): void => {
  try {
    work();
  } catch (error) {
    throw new FailureError(
      failure(
        'connection-file-unwritable',
        'The choice of servers could not be kept.',
        "Check that the disk is not full and that Burrow's folder can be written to.",
      ),
      { cause: error },
    );
  }
};

/** Keeps the person's choice of servers; it counts from the next start on. Throws FailureError. */
export const chooseConnection = (path: string, file: ConnectionFile): void =>
  explained(() => writeFileAtomic.sync(path, `${JSON.stringify(file, null, 2)}\n`));

/** Back to what the release was built with, else to the embedded stack. Throws FailureError. */
export const forgetChoice = (path: string): void => explained(() => rmSync(path, { force: true }));
