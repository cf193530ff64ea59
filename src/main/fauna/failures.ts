import faunadb from 'faunadb';
import { type Failure, FailureError, failure } from '../../shared/failure.ts';

const { errors } = faunadb;

/** A driver error, or what the network threw, in words and with the mend. Never holds the request: it would show the token. */
export const explainFaunaError = (error: unknown): Failure => {
  if (error instanceof FailureError) return error.failure;
  if (error instanceof errors.Unauthorized)
    return failure(
      'fauna-refused-token',
      'Fauna does not accept the token: no access provider of the database takes it.',
      "Compare the provider's issuer and JWKS address with Clerk's, its audience with the template's aud, and see that it has a role; npm run doctor tells which one is wrong.",
    );
  if (error instanceof errors.PermissionDenied)
    return failure(
      'fauna-permission-denied',
      'Fauna knows who you are, but your role does not allow this.',
      'Run npm run setup again: it restores the role notes_owner.',
    );
  if (error instanceof errors.UnavailableError)
    return failure('fauna-unavailable', 'Fauna is busy or starting.', 'Burrow tries again by itself.');
  if (error instanceof errors.FaunaHTTPError)
    return failure(
      'fauna-error',
      `Fauna answered: ${error.description || error.message}.`,
      'Run npm run doctor to see which part of the set-up is missing.',
    );
  return failure(
    'fauna-unreachable',
    'Fauna cannot be reached right now.',
    'Check the network and the Fauna address; Burrow tries again by itself and your notes are saved on this computer.',
  );
};
