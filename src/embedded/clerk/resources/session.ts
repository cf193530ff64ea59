import { requireUser } from '../accounts/users.ts';
import type { Instance } from '../instance.ts';
import type { Session } from '../sessions/sessions.ts';
import { mintSessionToken } from '../tokens/tokens.ts';
import { publicUserDataJson, userJson } from './user.ts';

/** After that a session counts as abandoned; Clerk's default, unused here but read by clients. */
const ABANDON_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

const times = (session: Session) => ({
  last_active_at: session.lastActiveAt,
  expire_at: session.expireAt,
  abandon_at: session.createdAt + ABANDON_AFTER_MS,
  created_at: session.createdAt,
  updated_at: session.updatedAt,
});

/** A session as the Frontend API shows it to its own client, with a fresh token while it is active. */
export async function sessionJson(instance: Instance, session: Session, origin: string | null) {
  const user = requireUser(instance, session.userId);
  const active = session.status === 'active';
  return {
    object: 'session',
    id: session.id,
    status: session.status,
    ...times(session),
    last_active_organization_id: null,
    last_active_token: active ? tokenJson(await mintSessionToken(instance, session, { origin })) : null,
    actor: null,
    tasks: null,
    factor_verification_age: [Math.max(0, Math.floor((instance.clock() - session.createdAt) / 60_000)), -1],
    user: userJson(user),
    public_user_data: publicUserDataJson(user),
  };
}

export const tokenJson = (jwt: string) => ({ object: 'token', jwt });

/** A session as the Backend API shows it. */
export const backendSessionJson = (session: Session) => ({
  object: 'session',
  id: session.id,
  client_id: session.clientId ?? '',
  user_id: session.userId,
  status: session.status,
  ...times(session),
  last_active_organization_id: null,
  actor: null,
  latest_activity: sessionActivityJson(session),
});

/** A session in the profile's list of devices; `user` is null there (clerk-js's SessionWithActivities). */
export const sessionWithActivityJson = (session: Session) => ({
  object: 'session',
  id: session.id,
  status: session.status,
  ...times(session),
  last_active_organization_id: null,
  actor: null,
  user: null,
  latest_activity: sessionActivityJson(session),
});

const BROWSERS = [
  { name: 'Burrow', pattern: /Electron\/(\d+)/ },
  { name: 'Chromium', pattern: /Chrome\/(\d+)/ },
  { name: 'Firefox', pattern: /Firefox\/(\d+)/ },
];

function sessionActivityJson({ id, userAgent }: Session) {
  const browser = BROWSERS.find(({ pattern }) => pattern.test(userAgent ?? ''));
  return {
    object: 'session_activity',
    id: `sess_activity_${id.slice('sess_'.length)}`,
    device_type: null,
    is_mobile: false,
    browser_name: browser?.name ?? 'Burrow',
    browser_version: browser?.pattern.exec(userAgent ?? '')?.[1] ?? null,
    // The embedded Clerk is only ever reached from the computer it runs on.
    ip_address: '127.0.0.1',
    city: 'this computer',
    country: null,
  };
}
