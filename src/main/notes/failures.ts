import { FailureError, failure } from '../../shared/failure.ts';
import { UpdateError } from './documents/apply-update.ts';

export const noteMissing = (): FailureError =>
  new FailureError(failure('note-missing', 'This note is not here any more.', 'It may have been deleted for good.'));

/** `fetching`: this Burrow is new enough, and has not been in reach of Fauna since it was installed. */
export const noteReadOnly = (fetching: boolean): FailureError =>
  new FailureError(
    fetching
      ? failure(
          'note-read-only',
          'This note was written by a newer Burrow than the one you had, and is fetched again by this one.',
          'Edit it once Burrow has synced.',
        )
      : failure(
          'note-read-only',
          'This note was written by a newer Burrow, so this one shows it without changing it.',
          'Install the newest Burrow to edit it.',
        ),
  );

/** An UpdateError in words; any other error comes back as it is. */
export function updateInWords(error: unknown): unknown {
  if (!(error instanceof UpdateError)) return error;
  return new FailureError(
    error.reason === 'malformed'
      ? failure('edit-malformed', 'The edit could not be understood, so nothing was changed.')
      : failure(
          'edit-incomplete',
          'The edit refers to earlier edits that were never saved, so nothing was changed.',
          'Save the whole note instead of the last edit.',
        ),
    { cause: error },
  );
}
