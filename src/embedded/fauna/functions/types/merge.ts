/** Merge: fields of objects put into one, a lambda deciding what of two values stays. */
import { invalidArgument } from '../../errors/errors.ts';
import { type At, at } from '../../errors/position.ts';
import { fail, gather } from '../../errors/query-error.ts';
import { anyValue, elementsOf, lambda } from '../../language/casts.ts';
import { defineLambdaFunction, optional } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { applyLambda } from '../../language/lambda.ts';
import { typeName } from '../../values/names.ts';
import { type FaunaObject, isObject, isTagged, type Value } from '../../values/value.ts';
import { documentFields } from './document-fields.ts';

function objectOrDocument(value: Value, position: At): FaunaObject {
  if (isObject(value)) return value;
  if (isTagged(value) && value.kind === 'document') return new Map(documentFields(value.version));
  return fail(invalidArgument(position, ['Object'], typeName(value)));
}

export const mergeForm: Form = defineLambdaFunction(['lambda'], {
  parameters: { merge: anyValue, with: anyValue, lambda: optional(lambda) },
  effect: 'pure',
  evaluate: (args, { context, position }) => {
    const [left, ...rights] = gather([
      () => objectOrDocument(args.merge, at(position, 'merge')),
      ...elementsOf(args.with, at(position, 'with')).map(
        ([value, place]) =>
          () =>
            objectOrDocument(value, place),
      ),
    ]);
    const result = new Map(left);
    for (const right of rights) {
      for (const [key, value] of right) {
        const values = [key, result.get(key) ?? null, value];
        const merged = args.lambda ? applyLambda(args.lambda, values, context, position) : value;
        if (merged === null) result.delete(key);
        else result.set(key, merged);
      }
    }
    return result;
  },
});
