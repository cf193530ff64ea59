/** Whether a login still stands long after it was made (Auth.revalidate): a stream asks for every transaction. */
import { getVersion } from '../documents/read.ts';
import type { Session } from '../language/context.ts';
import { NATIVE } from '../schema/ids.ts';
import { microsOfTime } from '../values/time.ts';
import { isObject, isTagged, type Ref, ref, type Value } from '../values/value.ts';
import type { Auth } from './auth.ts';

/** Undefined when the key or token is gone or over. Roles count by what they say, not by who is in them. */
export function stampOf(session: Session, auth: Auth): string | undefined {
  const login = loginStamp(session, auth);
  if (login === undefined) return undefined;
  return auth.permissions.type === 'roles'
    ? [login, ...auth.permissions.roles.map((id) => roleStamp(session, auth.scope, id))].join('|')
    : login;
}

function loginStamp(session: Session, { login }: Auth): string | undefined {
  switch (login.type) {
    case 'root':
      return '';
    case 'key':
      return secretStamp(session, login.key);
    case 'token':
      return secretStamp(session, login.token);
    case 'jwt':
      return isOver(session, expiry(login.payload)) ? undefined : '';
  }
}

/** A new hash, a role, a priority or a ttl makes it another key. */
function secretStamp(session: Session, target: Ref): string | undefined {
  const version = getVersion(session, target, undefined);
  if (!version || isOver(session, ttlOf(version.fields.get('ttl')))) return undefined;
  return ['hashed_secret', 'role', 'priority', 'ttl', 'database', 'instance']
    .map((name) => text(version.fields.get(name)))
    .join(',');
}

function roleStamp(session: Session, scope: number, id: bigint): string {
  const version = getVersion(session, ref(scope, NATIVE.roles, id), undefined);
  return version ? `${id}@${version.ts}` : `${id}`;
}

const ttlOf = (ttl: Value | undefined): bigint | undefined =>
  ttl !== undefined && isTagged(ttl) && ttl.kind === 'time' ? microsOfTime(ttl) : undefined;

/** In the very microsecond a login ends it still counts. */
const isOver = (session: Session, end: bigint | undefined): boolean => end !== undefined && end < session.time;

/** A fraction counts as little as when the token was accepted. */
function expiry(payload: Value): bigint | undefined {
  const exp = isObject(payload) ? payload.get('exp') : undefined;
  return typeof exp === 'bigint' ? exp * 1_000_000n : undefined;
}

const text = (value: Value | undefined): string =>
  JSON.stringify(value ?? null, (_, part: unknown) => {
    if (typeof part === 'bigint') return part.toString();
    return part instanceof Map ? [...part] : part;
  });
