/** The notes of texts.ts as Burrow's documents: on a server, and in a file. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyDocument, encodeDocument, setFields } from '../../src/main/notes/documents/note-document.ts';
import { replaceBody } from '../../src/main/notes/documents/replace-body.ts';
import { migrations } from '../../src/main/notes/file/migrations.ts';
import { openNotes } from '../../src/main/notes/open-notes.ts';
import type { OutgoingNote } from '../../src/main/notes/remote/outgoing.ts';
import type { RemoteText } from '../../src/main/notes/remote/remote-note.ts';
import { forgetIndexFile, indexPath } from '../../src/main/notes/search/index-file.ts';
import type { FaunaGateway } from '../../src/main/sync/gateway.ts';
import { noteOf } from './texts.ts';

export const ACCOUNT = 'user_bench';

/** The note's Yjs document as an update. */
export function stateOf(number: number): Uint8Array<ArrayBuffer> {
  const { body, tags, at } = noteOf(number);
  const doc = emptyDocument(number + 1);
  setFields(doc, { createdAt: at, tags });
  replaceBody(doc, body);
  return encodeDocument(doc);
}

function outgoing(number: number): OutgoingNote {
  const { id, title, body, tags, at } = noteOf(number);
  const fields = { title, body, tags, pinned: false, trashedAt: null, createdAt: at, editedAt: at };
  const own = { baseTs: null, revision: 1, device: 'bench', foreign: null, edited: true };
  return { kind: 'note', id, ...fields, ...own, state: stateOf(number) };
}

function remote(number: number): RemoteText {
  const { id, body, tags, at } = noteOf(number);
  const fields = { body, tags, pinned: false, trashedAt: null, createdAt: at, editedAt: at, device: 'bench' };
  return { kind: 'note', id, ts: at * 1000, format: 1, ...fields, state: stateOf(number) };
}

const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, offset) => first + offset);
const AT_ONCE = 100;

export async function fillServer(gateway: FaunaGateway, token: string, count: number): Promise<void> {
  for (let first = 0; first < count; first += AT_ONCE) {
    const answers = await gateway.push(token, range(first, Math.min(AT_ONCE, count - first)).map(outgoing));
    if (answers.some(({ kind }) => kind !== 'written')) throw new Error('the server was not empty');
  }
}

/** The path of a file with so many notes, as a synced device has it; made once and kept in the temporary folder. */
export async function fileOf(count: number): Promise<string> {
  const file = join(tmpdir(), `burrow-bench-notes-${migrations.length}-${count}.db`);
  if (existsSync(file)) return file;
  const unfinished = `${file}.part`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true });
  forgetIndexFile(unfinished);
  const store = openNotes({ file: unfinished, account: ACCOUNT, device: 'bench' });
  const CHUNK = 1_000;
  for (let first = 0; first < count; first += CHUNK) {
    store.sync.apply(range(first, Math.min(CHUNK, count - first)).map(remote));
  }
  await store.indexed();
  store.tidy();
  await store.close();
  renameSync(indexPath(unfinished), indexPath(file));
  renameSync(unfinished, file);
  return file;
}
