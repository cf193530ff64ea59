import type { Decision } from '../../connection/configuration.ts';
import type { LocalAccount } from '../../identity/local-account.ts';
import type { Identity } from '../../identity/open.ts';
import type { SettingsFile } from '../../shell/settings.ts';
import type { Workspace } from '../../workspace.ts';
import type { Handlers } from '../answer.ts';
import { appHandlers } from './app.ts';
import { connectionHandlers } from './connection.ts';
import { identityHandlers } from './identity.ts';
import { notesHandlers } from './notes.ts';
import { syncHandlers } from './sync.ts';

/** Every operation of the contract, topic by topic; the compiler sees to it that none is missing. */
export const createHandlers = (options: {
  settings: SettingsFile;
  decision: Decision;
  identity: Identity;
  workspace: Workspace;
  localAccount: Promise<LocalAccount> | null;
}): Handlers => ({
  ...appHandlers(options.settings),
  ...connectionHandlers({ decision: options.decision, clientToken: options.identity.clientToken }),
  ...identityHandlers({ ...options.identity, localAccount: options.localAccount, workspace: options.workspace }),
  ...notesHandlers(options.workspace),
  ...syncHandlers(options.workspace),
});
