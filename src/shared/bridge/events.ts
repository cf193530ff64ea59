import type { CheckResult } from '../connection/diagnosis.ts';
import type { Account } from '../identity/account.ts';
import type { SyncStatus } from '../sync/status.ts';
import type { EventName } from './names.ts';

/** Menu items and shortcuts that the window carries out. */
export type AppCommand = 'new-note' | 'search' | 'toggle-sidebar' | 'show-notes' | 'show-connection' | 'sign-out';

/** What main tells the window, unasked. */
export interface BridgeEvents extends Record<EventName, unknown> {
  /** A check of `connection.diagnose` has ended; there are `of` in all. */
  'connection.checked': { result: CheckResult; of: number };
  /** `connection.describe` has another answer. */
  'connection.changed': null;
  /** Main needs a Fauna JWT: answer with `identity.provideFaunaToken` and the same `request`. */
  'identity.faunaTokenWanted': { request: string };
  'identity.changed': Account | null;
  /** The list changed for these notes; ask for it again. */
  'notes.changed': { ids: string[] };
  /** Another device or window changed an open note: a Yjs update to apply to its document. */
  'notes.updated': { id: string; update: Uint8Array };
  'sync.changed': SyncStatus;
  'app.command': AppCommand;
}
