import { failure } from '../../../shared/failure.ts';

export const newerFormat = failure(
  'note-newer-format',
  'A newer Burrow has changed this note, so your edit of it is kept here and not sent.',
  'Install the newest Burrow on this device.',
);
