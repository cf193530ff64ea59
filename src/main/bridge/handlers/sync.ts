import { succeed } from '../../../shared/failure.ts';
import type { Workspace } from '../../workspace.ts';
import type { Handlers } from '../answer.ts';

export const syncHandlers = (workspace: Workspace): Handlers<Extract<keyof Handlers, `sync.${string}`>> => ({
  'sync.status': () => succeed(workspace.status()),
  'sync.now': () => succeed(undefined),
});
