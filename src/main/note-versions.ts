import { FailureError, failure } from '../shared/failure.ts';
import type { NoteVersion, NoteVersions } from '../shared/notes/version.ts';
import type { NotesStore } from './notes/notes-store.ts';
import type { SyncEngine } from './sync/engine.ts';
import type { RemoteVersion } from './sync/gateway.ts';
import { failureOf } from './sync/session.ts';

const LOCAL = 'local:';
const FAUNA = 'fauna:';
/** A person waits for the answer; the local versions are there anyway. */
const PATIENCE_MS = 5_000;

/** Fauna's versions of a note, the newest first. Rejects with a FailureError, at the latest after a few seconds. */
const askFauna = async (engine: SyncEngine, id: string): Promise<RemoteVersion[]> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new FailureError(failure('fauna-late', 'Fauna did not answer in time.', 'Try again in a moment.'))),
      PATIENCE_MS,
    );
  });
  try {
    return await Promise.race([engine.versions(id), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Earlier texts of a note, the newest first: this computer's, and Fauna's, or why these are missing. */
export const listVersions = async (notes: NotesStore, engine: SyncEngine | null, id: string): Promise<NoteVersions> => {
  const local: NoteVersion[] = notes
    .versions(id)
    .map(({ version, at, reason }) => ({ version: `${LOCAL}${version}`, at, where: 'this-computer', reason }));
  const listed: NoteVersions = { versions: local, missing: null };
  if (!engine) return listed;
  try {
    // The newest there is the note as it is.
    const [, ...earlier] = await askFauna(engine, id);
    for (const { ts } of earlier) {
      local.push({ version: `${FAUNA}${ts}`, at: Math.floor(ts / 1000), where: 'fauna', reason: 'history' });
    }
    local.sort((a, b) => b.at - a.at);
  } catch (error) {
    listed.missing = failureOf(error);
  }
  return listed;
};

export const readVersion = async (
  notes: NotesStore,
  engine: SyncEngine | null,
  id: string,
  version: string,
): Promise<string> => {
  if (version.startsWith(LOCAL)) return notes.versionBody(id, Number(version.slice(LOCAL.length)));
  const ts = Number(version.slice(FAUNA.length));
  const found = engine && (await askFauna(engine, id)).find((one) => one.ts === ts);
  if (!found) throw new FailureError(failure('version-missing', 'This version is not kept any more.'));
  return found.body;
};
