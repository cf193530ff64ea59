import { fail, succeed } from '../../../shared/failure.ts';
import { exportMarkdown } from '../../shell/export-markdown.ts';
import type { Workspace } from '../../workspace.ts';
import type { Handlers } from '../answer.ts';

/** The window's edits come back to every window but the one that made them. */
const FROM_WINDOW = 'window';

export const notesHandlers = (workspace: Workspace): Handlers<Extract<keyof Handlers, `notes.${string}`>> => ({
  'notes.list': () => succeed(workspace.notes().list()),
  'notes.summaries': ({ ids }) => succeed(workspace.notes().summaries(ids)),
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
  'notes.versions': async ({ id }) => succeed(await workspace.versions(id)),
  'notes.versionBody': async ({ id, version }) => succeed({ body: await workspace.versionBody(id, version) }),
  'notes.restoreVersion': async ({ id, version }) =>
    succeed(workspace.notes().restoreBody(id, await workspace.versionBody(id, version))),
  'notes.conflict': ({ id }) => succeed(workspace.notes().conflict(id)),
  'notes.resolveConflict': ({ id, keep }) => {
    const notes = workspace.notes();
    const conflict = notes.conflict(id);
    if (!conflict) return fail('conflict-missing', 'This conflict has been settled already.');
    if (keep !== 'merged') notes.restoreBody(id, keep === 'mine' ? conflict.mine : conflict.theirs);
    return succeed(notes.resolveConflict(id));
  },
  'notes.exportMarkdown': async ({ ids }) => succeed(await exportMarkdown(workspace.notes(), ids)),
});
