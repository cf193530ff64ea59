import type { NoteVersion } from '../../../shared/notes/version.ts';

const reasons: Record<string, string> = {
  edit: 'While writing',
  deletion: 'Before much was deleted',
  remote: 'Before a change from another device',
  conflict: 'One side of a merge',
  restore: 'Before an earlier version came back',
  'purged-elsewhere': 'Before it was deleted elsewhere',
  repair: 'Before the file was repaired',
  history: 'As it was synced',
};

/** Why a version was kept, in a few words. */
export const versionReason = (version: NoteVersion): string => reasons[version.reason] ?? 'Earlier text';

export const versionPlace = (version: NoteVersion): string => (version.where === 'fauna' ? 'Fauna' : 'This computer');
