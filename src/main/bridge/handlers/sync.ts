import { succeed } from '../../../shared/failure.ts';
import { exportSyncLog } from '../../shell/export-sync-log.ts';
import type { Workspace } from '../../workspace.ts';
import type { Handlers } from '../answer.ts';

export const syncHandlers = (
  workspace: Workspace,
  reconnected: () => void,
): Handlers<Extract<keyof Handlers, `sync.${string}`>> => ({
  'sync.status': () => succeed(workspace.status()),
  'sync.now': () => {
    workspace.syncNow();
    return succeed(undefined);
  },
  'sync.reconnected': () => {
    reconnected();
    return succeed(undefined);
  },
  'sync.retry': ({ id }) => {
    workspace.notes().sync.retry(id);
    workspace.syncNow();
    return succeed(undefined);
  },
  'sync.log': ({ limit, before }) => {
    const notes = workspace.notes();
    const entries = notes.sync.readLog(limit, before ?? undefined);
    const titles = new Map(
      notes.summaries([...new Set(entries.flatMap(({ note }) => note ?? []))]).map(({ id, title }) => [id, title]),
    );
    return succeed(entries.map((entry) => ({ ...entry, title: (entry.note && titles.get(entry.note)) || null })));
  },
  'sync.exportLog': async () => succeed(await exportSyncLog(workspace.notes())),
});
