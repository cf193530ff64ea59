/** A cast the string functions share. */
import { invalidArgument } from '../../errors/errors.ts';
import { fail } from '../../errors/query-error.ts';
import type { Cast } from '../../language/casts.ts';
import { isScalar, typeName } from '../../values/names.ts';
import type { Value } from '../../values/value.ts';

/** Any scalar: null is one, and so is a ref to nothing. */
export const scalarOrNull: Cast<Value> = (value, position) =>
  isScalar(value) ? value : fail(invalidArgument(position, ['Scalar'], typeName(value)));
