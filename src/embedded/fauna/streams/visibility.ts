/** Which changes who streams may see (EventFilter.scala). */
import type { Context } from '../language/context.ts';
import { DOCUMENTS } from '../schema/catalog.ts';
import { NATIVE } from '../schema/ids.ts';
import type { ActionName } from '../security/action.ts';
import { checkAction } from '../security/permissions.ts';
import { collectionRefOf } from '../sets/documents-set.ts';
import type { Change, Commit, EntryChange } from '../store/commit.ts';
import { ref, type Value } from '../values/value.ts';

export function maySee(context: Context, change: Change, commit: Commit, terms: readonly Value[]): boolean {
  if (change.type === 'entry') return maySeeEntry(context, change, terms);
  const isNew = change.type === 'version' && change.ts === commit.time;
  return may(context, isNew ? 'read' : 'history_read', change);
}

function may(context: Context, action: ActionName, { scope, collection, id }: Change): boolean {
  const document = ref(scope, collection, id);
  return checkAction(context, {
    action,
    resource: collectionRefOf(scope, collection),
    document,
    argument: document,
  });
}

function maySeeEntry(context: Context, change: EntryChange, terms: readonly Value[]): boolean {
  if (change.index === DOCUMENTS) {
    const resource = collectionRefOf(change.scope, change.collection);
    return (
      checkAction(context, { action: 'unrestricted_read', resource, argument: null }) || may(context, 'read', change)
    );
  }
  const resource = ref(change.scope, NATIVE.indexes, change.index);
  const asked = { resource, argument: [...terms] };
  if (checkAction(context, { action: 'unrestricted_read', ...asked })) return true;
  return checkAction(context, { action: 'read', ...asked }) && may(context, 'read', change);
}
