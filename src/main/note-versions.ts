import { FailureError, failure } from '../shared/failure.ts';
import type { NoteVersion } from '../shared/notes/version.ts';
import type { NotesStore } from './notes/notes-store.ts';
import type { SyncEngine } from './sync/engine.ts';

const LOCAL = 'local:';
const FAUNA = 'fauna:';
/** A person waits for the list; the local versions are there anyway. */
const PATIENCE_MS = 5_000;

const soon = async <T>(promise: Promise<T>): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Earlier texts of a note, the newest first: this computer's, and Fauna's when it answers. */
export const listVersions = async (
  notes: NotesStore,
  engine: SyncEngine | null,
  id: string,
): Promise<NoteVersion[]> => {
  const local: NoteVersion[] = notes
    .versions(id)
    .map(({ version, at, reason }) => ({ version: `${LOCAL}${version}`, at, where: 'this-computer', reason }));
  const remote = engine ? ((await soon(engine.versions(id))) ?? []) : [];
  // The newest there is the note as it is.
  const earlier: NoteVersion[] = remote
    .slice(1)
    .map(({ ts }) => ({ version: `${FAUNA}${ts}`, at: Math.floor(ts / 1000), where: 'fauna', reason: 'history' }));
  return [...local, ...earlier].sort((a, b) => b.at - a.at);
};

export const readVersion = async (
  notes: NotesStore,
  engine: SyncEngine | null,
  id: string,
  version: string,
): Promise<string> => {
  if (version.startsWith(LOCAL)) return notes.versionBody(id, Number(version.slice(LOCAL.length)));
  const ts = Number(version.slice(FAUNA.length));
  const found = (await engine?.versions(id))?.find((one) => one.ts === ts);
  if (!found) throw new FailureError(failure('version-missing', 'This version is not kept any more.'));
  return found.body;
};
