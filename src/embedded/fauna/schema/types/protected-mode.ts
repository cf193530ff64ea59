/** Databases in protected mode let go of no data by a change of their schema (ConstraintFailure.scala:188). */
import { schemaValidationFailed } from '../../errors/errors.ts';
import type { At } from '../../errors/position.ts';
import { fail, type QueryError, QueryFailure } from '../../errors/query-error.ts';
import type { Context } from '../../language/context.ts';
import type { FaunaObject } from '../../values/value.ts';
import type { WriteCall } from '../document-type.ts';

const forbidden = (position: At, what: string): QueryError =>
  schemaValidationFailed(position, `${what}: destructive change forbidden because database is in protected mode.`);

/** The database itself says, or the nearest above it that does. */
function isProtected({ session: { catalog }, auth }: Context): boolean {
  let database = catalog.database(auth.scope);
  while (database && database.protected === undefined && database.parent !== undefined) {
    database = catalog.database(database.parent);
  }
  return database?.protected === true;
}

export function refuseDelete(context: Context, what: string, position: At): void {
  if (isProtected(context)) fail(forbidden(position, what));
}

/** Versions must not be kept shorter than before, nor documents. That a `ttl_days` is new is called a removal. */
export function refuseShortened(fields: FaunaObject, { context, previous, position }: WriteCall): void {
  if (!previous || !isProtected(context)) return;
  const errors: QueryError[] = [];
  const [oldHistory, history] = [daysOf(previous.fields, 'history_days'), daysOf(fields, 'history_days')];
  if (oldHistory !== undefined && history === undefined) {
    errors.push(forbidden(position, 'Cannot remove `history_days` field'));
  } else if (isLess(history, oldHistory)) errors.push(forbidden(position, 'Cannot decrease `history_days` field'));
  const [oldTtl, ttl] = [daysOf(previous.fields, 'ttl_days'), daysOf(fields, 'ttl_days')];
  if (oldTtl === undefined && ttl !== undefined) errors.push(forbidden(position, 'Cannot remove `ttl_days` field'));
  else if (isLess(ttl, oldTtl)) errors.push(forbidden(position, 'Cannot decrease `ttl_days` field'));
  if (errors.length > 0) throw new QueryFailure(errors);
}

function daysOf(fields: FaunaObject, name: string): bigint | undefined {
  const days = fields.get(name);
  return typeof days === 'bigint' ? days : undefined;
}

const isLess = (days: bigint | undefined, before: bigint | undefined): boolean =>
  days !== undefined && before !== undefined && days < before;
