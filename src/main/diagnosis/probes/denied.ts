import faunadb from 'faunadb';

const q = faunadb.query;
const REHEARSED = 'burrow: only a rehearsal';

/** Whether a role lets this happen. Nothing of it stays: the transaction always ends in an abort. */
export const isAllowed = async (client: faunadb.Client, ...what: faunadb.Expr[]): Promise<boolean> => {
  try {
    await client.query(q.Do(...what, q.Abort(REHEARSED)));
    return true;
  } catch (error) {
    if (error instanceof faunadb.errors.FaunaHTTPError && error.description === REHEARSED) return true;
    if (error instanceof faunadb.errors.PermissionDenied) return false;
    // A missing document or an unknown ref is no permission either.
    if (error instanceof faunadb.errors.NotFound || error instanceof faunadb.errors.BadRequest) return false;
    throw error;
  }
};
