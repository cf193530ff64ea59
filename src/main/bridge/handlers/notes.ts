import { succeed } from '../../../shared/failure.ts';
import type { Workspace } from '../../workspace.ts';
import type { Handlers } from '../answer.ts';

/** The window's edits come back to every window but the one that made them. */
const FROM_WINDOW = 'window';

export const notesHandlers = (workspace: Workspace): Handlers<Extract<keyof Handlers, `notes.${string}`>> => ({
  'notes.list': () => succeed(workspace.notes().list()),
  'notes.create': () => succeed(workspace.notes().create()),
  'notes.open': ({ id }) => succeed(workspace.notes().open(id)),
  'notes.save': ({ id, update }) => succeed(workspace.notes().save(id, update, FROM_WINDOW)),
  'notes.setPinned': ({ id, pinned }) => succeed(workspace.notes().setPinned(id, pinned)),
  'notes.setTags': ({ id, tags }) => succeed(workspace.notes().setTags(id, tags)),
  'notes.trash': ({ id }) => succeed(workspace.notes().trash(id)),
  'notes.restore': ({ id }) => succeed(workspace.notes().restore(id)),
  'notes.purge': ({ id }) => {
    workspace.notes().purge(id);
    return succeed(undefined);
  },
  'notes.search': async ({ query }) => succeed(await workspace.notes().search(query)),
});
