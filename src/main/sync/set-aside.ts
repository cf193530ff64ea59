import { type Failure, failure } from '../../shared/failure.ts';
import type { RequestError } from '../fauna/request-failure.ts';
import type { Outgoing } from '../notes/remote/outgoing.ts';

/** Fauna takes requests of 8 MiB; the query around a note is small. */
const LARGEST_REQUEST = 8 * 1024 * 1024 - 16 * 1024;

const tooLarge = failure(
  'note-too-large',
  'This note has grown too large for Fauna, so it is kept on this computer only.',
  'Split it into several notes; exporting it as Markdown keeps all of it.',
);

const foreignTooLarge = failure(
  'foreign-write-too-large',
  'Another program wrote this note, and it is too large for Burrow to take up, so you do not see it here as it is in Fauna.',
  'Split it into several notes with the program that wrote it.',
);

const refused = failure(
  'note-refused',
  'Fauna does not let your role write this note.',
  'Ask whoever keeps your Fauna; your text is saved on this computer.',
);

/** What the server holds cannot be merged: trying again is no use. */
export const outOfStep = failure(
  'note-out-of-step',
  'What Fauna has of this note cannot be merged with what is here.',
  'Export the note as Markdown and paste it into a new note.',
);

/** What the note takes in a request, as JSON: the text escaped, the state in base64. */
export const requestSize = (sent: Outgoing): number => {
  if (sent.kind === 'tombstone') return 512;
  const text = Buffer.byteLength(JSON.stringify(sent.body));
  return text + Math.ceil(sent.state.byteLength / 3) * 4 + 4096;
};

/** As JSON no letter takes more than six bytes. */
const isSmall = (sent: Outgoing): boolean =>
  sent.kind === 'tombstone' || sent.body.length * 6 + sent.state.byteLength * 2 < LARGEST_REQUEST / 2;

/** Why a note need not even be tried; null when it may be sent. */
export const knownReason = (sent: Outgoing): Failure | null =>
  isSmall(sent) || requestSize(sent) <= LARGEST_REQUEST ? null : tooLargeFor(sent);

const tooLargeFor = (sent: Outgoing): Failure => (sent.kind === 'note' && sent.foreign ? foreignTooLarge : tooLarge);

/** Why Fauna did not take a note that was sent alone. */
export const reasonOf = (sent: Outgoing, error: RequestError): Failure => {
  if (error.problem === 'too-large') return tooLargeFor(sent);
  if (error.problem === 'refused') return refused;
  return failure('note-rejected', `Fauna did not take this note. ${error.failure.message}`, error.failure.mend);
};
