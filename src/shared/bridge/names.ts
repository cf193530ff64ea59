/**
 * The names alone, free of zod, because the preload is built from them and must stay small.
 * `operations.ts` has the shapes; the compiler holds the two together.
 */
export const operationNames = [
  'app.info',
  'app.getTheme',
  'app.setTheme',
  'connection.describe',
  'connection.diagnose',
  'connection.choose',
  'connection.useEmbedded',
  'identity.current',
  'identity.continueOnThisComputer',
  'identity.signedIn',
  'identity.signOut',
  'identity.provideFaunaToken',
  'identity.cannotProvideFaunaToken',
  'identity.whoAmI',
  'identity.cachedResources',
  'identity.cacheResources',
  'notes.list',
  'notes.create',
  'notes.open',
  'notes.save',
  'notes.setPinned',
  'notes.setTags',
  'notes.trash',
  'notes.restore',
  'notes.purge',
  'notes.search',
  'notes.summaries',
  'notes.versions',
  'notes.versionBody',
  'notes.restoreVersion',
  'notes.conflict',
  'notes.resolveConflict',
  'notes.exportMarkdown',
  'sync.status',
  'sync.now',
  'sync.reconnected',
  'sync.retry',
  'sync.log',
  'sync.exportLog',
] as const;
export type OperationName = (typeof operationNames)[number];

export const eventNames = [
  'connection.checked',
  'connection.changed',
  'identity.faunaTokenWanted',
  'identity.changed',
  'notes.changed',
  'notes.updated',
  'sync.changed',
  'app.command',
] as const;
export type EventName = (typeof eventNames)[number];

/** The two channels under everything: questions to main, events from main. */
export const CALL_CHANNEL = 'burrow:call';
export const EVENT_CHANNEL = 'burrow:event';
