/** Call: user functions, with their own roles, and errors wrapped as the call's. */
import { callError, notFound, unresolvedRef } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail, permissionDenied, QueryFailure } from '../errors/query-error.ts';
import { nameOrFunction } from '../language/casts.ts';
import type { Context } from '../language/context.ts';
import { constant } from '../language/expression.ts';
import { type Form, form } from '../language/form.ts';
import { applyLambda } from '../language/lambda.ts';
import { NATIVE } from '../schema/ids.ts';
import { type Permissions, ROOT_AUTH } from '../security/auth.ts';
import { checkAction } from '../security/permissions.ts';
import { permissionsOf } from '../security/roles.ts';
import { isTagged, type Ref, ref, type Value } from '../values/value.ts';

function callFunction(context: Context, target: Value, args: Value, position: At): Value {
  const place = at(position, 'call');
  const { session, auth } = context;
  const given = nameOrFunction(target, place);
  const scope = typeof given === 'string' ? auth.scope : given.scope;
  const schema = session.catalog.scope(scope);
  const id = typeof given === 'string' ? schema.find(NATIVE.functions, given) : given.id;
  if (id === undefined)
    return fail(unresolvedRef(place, { kind: 'unresolved', type: 'function', name: String(given) }));
  const found = schema.get(NATIVE.functions, id);
  const body = found?.fields.get('body') ?? null;
  if (!found || !isTagged(body) || body.kind !== 'lambda') return fail(notFound(place, 'Function'));
  const resource: Ref = ref(auth.scope, NATIVE.functions, id);
  if (!checkAction(context, { action: 'call', resource, argument: args })) return fail(permissionDenied(position));
  const permissions = rolePermissions(context, found.fields.get('role') ?? null);
  try {
    return applyLambda(body, args, permissions ? { ...context, auth: { ...auth, permissions } } : context, position);
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    const [only] = error.errors;
    if (error.errors.length === 1 && only?.code === 'stack overflow') throw error;
    throw new QueryFailure([callError(position, error.errors)]);
  }
}

/** What a function's roles make of the caller's rights; undefined leaves them, as the root's always are (RootAuth). */
function rolePermissions({ session, auth }: Context, role: Value): Permissions | undefined {
  return role === null || auth === ROOT_AUTH ? undefined : permissionsOf(session, auth.scope, role);
}

export const callForms: readonly Form[] = [
  form({
    required: ['call'],
    optional: ['arguments'],
    // What a function does is known only when it is called.
    effect: 'write',
    parse: (args, parser, position) => {
      const target = parser.expression(args.get('call') ?? null, at(position, 'call'));
      const given = args.has('arguments')
        ? parser.expression(args.get('arguments') ?? null, at(position, 'arguments'))
        : undefined;
      const argument = given ?? constant([]);
      return {
        effect: 'write',
        literal: () =>
          new Map([['call', target.literal()], ...(given ? ([['arguments', given.literal()]] as const) : [])]),
        evaluate: (context) => {
          return callFunction(context, target.evaluate(context), argument.evaluate(context), position);
        },
      };
    },
  }),
];
