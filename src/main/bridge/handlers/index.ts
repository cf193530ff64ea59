import type { OpenConnection } from '../../connect.ts';
import type { Decision } from '../../connection/configuration.ts';
import type { Identity } from '../../identity/open.ts';
import type { SettingsFile } from '../../shell/settings.ts';
import type { Workspace } from '../../workspace.ts';
import type { Handlers } from '../answer.ts';
import type { Tell } from '../tell.ts';
import { appHandlers } from './app.ts';
import { connectionHandlers } from './connection.ts';
import { diagnosisHandlers } from './diagnosis.ts';
import { identityHandlers } from './identity.ts';
import { notesHandlers } from './notes.ts';
import { syncHandlers } from './sync.ts';

/** Every operation of the contract, topic by topic; the compiler sees to it that none is missing. */
export const createHandlers = (options: {
  settings: SettingsFile;
  decision: Decision;
  identity: Identity;
  workspace: Workspace;
  connection: OpenConnection;
  /** Where the person's choice of servers is kept. */
  chosenConnectionFile: string;
  tell: Tell;
  /** The network is back. */
  reconnected: () => void;
}): Handlers => ({
  ...appHandlers(options.settings),
  ...connectionHandlers({
    decision: options.decision,
    clientToken: options.identity.clientToken,
    outage: options.connection.problem,
  }),
  ...diagnosisHandlers({
    decision: options.decision,
    fetch: options.connection.fetch,
    ready: options.connection.ready,
    faunaToken: options.identity.windowTokens.source,
    chosenFile: options.chosenConnectionFile,
    tell: options.tell,
  }),
  ...identityHandlers({
    ...options.identity,
    localAccount: options.connection.localAccount,
    workspace: options.workspace,
  }),
  ...notesHandlers(options.workspace),
  ...syncHandlers(options.workspace, options.reconnected),
});
