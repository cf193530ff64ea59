import * as Y from 'yjs';
import { limits, NOTE_BODY, NOTE_FIELDS } from '../../../shared/notes/note.ts';

/**
 * A note as a Yjs document. `body` is a Y.Text of Markdown; `fields` is a Y.Map with `pinned` (boolean),
 * `trashedAt` (ms or null), `createdAt` (ms) and one key `tag:NAME` (true) for each tag, so that tags added on two
 * devices are both kept.
 */
export interface NoteFields {
  tags: string[];
  pinned: boolean;
  trashedAt: number | null;
  createdAt: number | null;
}

const TAG = 'tag:';

/** `clientId` signs what is written through this document; a replica that only reads may leave it out. */
export function emptyDocument(clientId?: number): Y.Doc {
  // A guid is for documents inside documents; drawing one for each note would only cost time.
  const doc = new Y.Doc({ guid: 'note' });
  if (clientId !== undefined) doc.clientID = clientId;
  // Naming the types now makes them what they are, whatever a foreign update says about them later.
  doc.getText(NOTE_BODY);
  doc.getMap(NOTE_FIELDS);
  return doc;
}

export const bodyOf = (doc: Y.Doc): string => doc.getText(NOTE_BODY).toString();

/** Reads the fields as they should be; what another program wrote there in another type is left out. */
export function fieldsOf(doc: Y.Doc): NoteFields {
  const fields = doc.getMap(NOTE_FIELDS);
  const tags: string[] = [];
  for (const [key, value] of fields.entries()) {
    if (key.startsWith(TAG) && value === true) tags.push(key.slice(TAG.length));
  }
  return {
    tags: tags
      .filter((tag) => tag !== '' && tag.length <= limits.tagLength)
      .sort(byCodeUnits)
      .slice(0, limits.tagsPerNote),
    pinned: fields.get('pinned') === true,
    trashedAt: time(fields.get('trashedAt')),
    createdAt: time(fields.get('createdAt')),
  };
}

/** True when setting these fields would make no edit. */
export function haveFields(now: NoteFields, wanted: Partial<NoteFields>): boolean {
  const { tags, pinned = now.pinned, trashedAt = now.trashedAt, createdAt = now.createdAt } = wanted;
  if (pinned !== now.pinned || trashedAt !== now.trashedAt || createdAt !== now.createdAt) return false;
  return !tags || (new Set([...tags, ...now.tags]).size === now.tags.length && new Set(tags).size === now.tags.length);
}

/** Writes only what differs, so that setting a field to what it is makes no edit. */
export function setFields(doc: Y.Doc, wanted: Partial<NoteFields>): void {
  const fields = doc.getMap(NOTE_FIELDS);
  const now = fieldsOf(doc);
  doc.transact(() => {
    if (wanted.tags) {
      const tags = new Set(wanted.tags);
      for (const tag of now.tags) if (!tags.has(tag)) fields.delete(TAG + tag);
      for (const tag of tags) if (!now.tags.includes(tag)) fields.set(TAG + tag, true);
    }
    if (wanted.pinned !== undefined && wanted.pinned !== now.pinned) fields.set('pinned', wanted.pinned);
    if (wanted.trashedAt !== undefined && wanted.trashedAt !== now.trashedAt) {
      fields.set('trashedAt', wanted.trashedAt);
    }
    if (wanted.createdAt !== undefined && wanted.createdAt !== now.createdAt) {
      fields.set('createdAt', wanted.createdAt);
    }
  });
}

/** The whole document as one update. (Yjs types it over any buffer; it allocates an ordinary one.) */
export const encodeDocument = (doc: Y.Doc): Uint8Array<ArrayBuffer> =>
  Y.encodeStateAsUpdate(doc) as Uint8Array<ArrayBuffer>;

/** True when both hold the same edits, however they came by them. */
export const sameDocument = (a: Y.Doc, b: Y.Doc): boolean => Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b));

/** True when everything the update refers to is there; else Yjs keeps part of it waiting, unseen. */
export const isComplete = (doc: Y.Doc): boolean => doc.store.pendingStructs === null && doc.store.pendingDs === null;

const time = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
