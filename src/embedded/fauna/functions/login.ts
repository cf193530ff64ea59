/** Logging in and out with a document's password, and what a secret belongs to (AuthFunctions.scala). */
import { ownedBy } from '../documents/owned.ts';
import { getVersion } from '../documents/read.ts';
import { createDocument, deleteDocument } from '../documents/write.ts';
import { authenticationFailed, keyNotFound, validationFailed } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail, permissionDenied, QueryFailure } from '../errors/query-error.ts';
import { invalidType } from '../errors/validation.ts';
import { boolean, objectValue, string } from '../language/casts.ts';
import { atTime, type Context } from '../language/context.ts';
import { defineFunction } from '../language/define.ts';
import type { Form } from '../language/form.ts';
import { storedTypeName } from '../schema/fields.ts';
import { NATIVE } from '../schema/ids.ts';
import { authenticateJwt, loginOfSecret } from '../security/authenticate.ts';
import { hashMatches } from '../security/hashes.ts';
import { looksLikeJwt } from '../security/jwt.ts';
import { identifier } from '../sets/casts.ts';
import { head } from '../sets/paginate.ts';
import { isSet, type SetValue } from '../sets/set-value.ts';
import { type FaunaObject, object, type Ref, ref, type Value } from '../values/value.ts';
import { parseJson } from '../wire/json.ts';
import { getReadable, mayRead } from './reads.ts';

const asServer = (context: Context): Context => ({
  ...context,
  auth: { ...context.auth, permissions: { type: 'server' } },
});

/** The document itself, or the first of the set: as it is now, so that no password of the past will do. */
function documentIn(context: Context, target: Ref | SetValue, position: At): Ref | undefined {
  if (!isSet(target)) return target;
  const set = target.set.forRead(context) ?? fail(permissionDenied(position));
  return head(atTime(context, undefined), set)?.document;
}

/** The hash of the document's password; undefined without one. No permission is needed to be asked for it. */
function passwordHash({ session }: Context, document: Ref | undefined): string | undefined {
  return session.meter.charge(
    () => 1,
    () => {
      const [credentials] = document ? ownedBy(session, NATIVE.credentials, document) : [];
      const hash = credentials && getVersion(session, credentials, undefined)?.fields.get('hashed_password');
      return typeof hash === 'string' ? hash : undefined;
    },
  );
}

function login(context: Context, target: Ref | SetValue, params: FaunaObject, position: At): Value {
  const document = documentIn(context, target, at(position, 'login'));
  const [credentials] = context.session.meter.charge(
    () => 1,
    () => (document ? ownedBy(context.session, NATIVE.credentials, document).take(1).toArray() : []),
  );
  if (!document || !credentials) return fail(authenticationFailed(position));
  const password = params.get('password') ?? null;
  if (password !== null && typeof password !== 'string') {
    return fail(validationFailed(position, [invalidType(['password'], 'String', storedTypeName(password))]));
  }
  const hash = passwordHash(context, document);
  if (password === null || hash === undefined || !hashMatches(password, hash)) {
    return fail(authenticationFailed(position));
  }
  const fields = new Map(params).set('instance', document);
  return createDocument(asServer(context), NATIVE.tokens, undefined, fields, position);
}

/** True if there was someone to log out, whether or not they still were in. */
function logout(context: Context, everywhere: boolean, position: At): boolean {
  const { session, auth } = context;
  if (everywhere) {
    if (!auth.identity) return false;
    for (const token of [...ownedBy(session, NATIVE.tokens, auth.identity)]) {
      deleteDocument(asServer(context), token, position);
    }
    return true;
  }
  if (auth.login.type !== 'token') return false;
  if (getVersion(session, auth.login.token, undefined)) deleteDocument(asServer(context), auth.login.token, position);
  return true;
}

/** What may not be read is not found either. */
function keyFromSecret(context: Context, secret: string, position: At): Value {
  if (looksLikeJwt(secret)) return databaseOfJwt(context, secret, position);
  const found = loginOfSecret(context.session, secret);
  if (!found) return fail(keyNotFound(position, secret));
  try {
    return getReadable(context, found, position);
  } catch (error) {
    if (error instanceof QueryFailure) return fail(keyNotFound(position, secret));
    throw error;
  }
}

/** A JWT has no key: its database is all there is to say. */
function databaseOfJwt(context: Context, secret: string, position: At): Value {
  const { session } = context;
  const jwt = session.jwts.find(({ token }) => token === secret);
  const auth = jwt && authenticateJwt(session, jwt.globalId, jwt.issuer, parseJson(jwt.payload));
  const database = auth && session.catalog.database(auth.scope);
  if (database?.parent === undefined) return fail(keyNotFound(position, secret));
  const found = ref(database.parent, NATIVE.databases, database.id);
  return mayRead(context, found) ? object({ database: found }) : fail(permissionDenied(position));
}

export const loginForms: readonly Form[] = [
  defineFunction({
    parameters: { login: identifier, params: objectValue },
    effect: 'write',
    evaluate: (args, { context, position }) => login(context, args.login, args.params, position),
  }),
  defineFunction({
    parameters: { logout: boolean },
    effect: 'write',
    evaluate: (args, { context, position }) => logout(context, args.logout, position),
  }),
  defineFunction({
    parameters: { identify: identifier, password: string },
    effect: 'read',
    evaluate: (args, { context, position }) => {
      const hash = passwordHash(context, documentIn(context, args.identify, at(position, 'identify')));
      return hash !== undefined && hashMatches(args.password, hash);
    },
  }),
  defineFunction({
    parameters: { key_from_secret: string },
    effect: 'read',
    evaluate: ({ key_from_secret: secret }, { context, position }) =>
      context.session.meter.charge(
        () => 1,
        () => keyFromSecret(context, secret, position),
      ),
  }),
];
