/** Why a query is not for the connection it has begun on. Nothing has happened yet; another connection can do it. */
export class NotHere extends Error {
  override readonly name: string = 'NotHere';
}

/** Thrown by a reader's transaction when the query turns out to write: it then runs on the writer. */
export class NeedsWriter extends NotHere {
  override readonly name = 'NeedsWriter';
}

/** Thrown where only little may be done at once, when there is more to do. */
export class OutOfBounds extends NotHere {
  override readonly name = 'OutOfBounds';
}
