/** Whose a login is, as FaunaDB tells the routers before it (UtilRoutes.scala): JSON text. */
import type { Session } from '../language/context.ts';
import { accountOf } from '../schema/accounts.ts';
import { databaseGlobalId, encodeGlobalId } from './global-id.ts';

export const identify = (session: Session, scope: number): string =>
  JSON.stringify({
    account: accountOf(session, scope).toString(),
    global_id: encodeGlobalId(databaseGlobalId(session, scope)),
  });
