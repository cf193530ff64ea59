import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import { limits } from '../../../shared/notes/note.ts';
import { observed } from '../documents/apply-update.ts';
import { keepBoth } from '../documents/keep-both.ts';
import {
  bodyOf,
  emptyDocument,
  encodeDocument,
  fieldsOf,
  haveFields,
  isComplete,
  type NoteFields,
  setFields,
} from '../documents/note-document.ts';
import { replaceBody } from '../documents/replace-body.ts';
import type { RemoteText } from './remote-note.ts';
import { FIRST_FOLDER } from './said-twice.ts';

/** A remote note as a document, and whether its readable fields said more than its Yjs state. */
export interface Incoming {
  doc: Y.Doc;
  /** All of `doc`. */
  update: Uint8Array;
  body: string;
  fields: NoteFields;
  editedAt: number;
  /** Another FQL client changed the readable fields alone; `doc` has that folded in, the server's state has not. */
  folded: boolean;
  /** The server has no state that can be read. */
  textOnly: boolean;
}

/**
 * Reads a remote note. What another FQL client changed without touching the state is folded in as edits of a client
 * id that follows from note and ts. A state that cannot be read counts as none: then it is folded into the last one
 * that there was, so that a text which other devices have is not made anew. If there was none either, all of the text
 * is kept beside all of `own`, what both have once.
 */
export function readIncoming(remote: RemoteText, own: () => Y.Doc | null = () => null): Incoming {
  const there = documentFrom(remote.state);
  const before = there ?? firstReadable(remote.earlier ?? []);
  const mine = before ? null : own();
  const doc = before ?? emptyDocument();
  if (mine) Y.applyUpdate(doc, encodeDocument(mine));
  const folded = (mine ? join(remote, doc) : fold(remote, doc)) || there === null;
  const writtenAt = Math.floor(remote.ts / 1000);
  return {
    doc,
    // Nearly always what was sent says it all, and need not be encoded again.
    update: there && !folded && remote.state ? remote.state : encodeDocument(doc),
    body: bodyOf(doc),
    fields: fieldsOf(doc),
    editedAt: folded ? Math.max(writtenAt, remote.editedAt ?? 0) : (remote.editedAt ?? writtenAt),
    folded,
    textOnly: there === null,
  };
}

/** Brings the document in line with the readable fields; true when that took an edit. */
function fold(remote: RemoteText, doc: Y.Doc): boolean {
  const body = remote.body === null || wellFormed(remote.body) === wellFormed(bodyOf(doc)) ? null : remote.body;
  const now = fieldsOf(doc);
  const wanted = foreignFields(remote, now);
  if (body === null && haveFields(now, wanted)) return false;
  doc.clientID = folderId(remote.id, remote.ts);
  const { update } = observed(doc, () => {
    if (body !== null) replaceBody(doc, wellFormed(body));
    setFields(doc, wanted);
  });
  return update !== null;
}

/** For a text and a document of which nobody knows what they have in common. */
function join(remote: RemoteText, doc: Y.Doc): boolean {
  doc.clientID = folderId(remote.id, remote.ts, doc);
  const { update } = observed(doc, () => {
    const mine = bodyOf(doc);
    replaceBody(doc, keepBoth(mine, wellFormed(remote.body ?? mine)));
    setFields(doc, {
      tags: [...new Set([...fieldsOf(doc).tags, ...(remote.tags ?? [])])].slice(0, limits.tagsPerNote),
    });
  });
  return update !== null;
}

/** True when the text is all there is of a remote note. */
export const isTextOnly = (remote: RemoteText): boolean => documentFrom(remote.state) === null;

const firstReadable = (states: readonly Uint8Array[]): Y.Doc | null => {
  for (const state of states) {
    const doc = documentFrom(state);
    if (doc) return doc;
  }
  return null;
};

function documentFrom(state: Uint8Array | null): Y.Doc | null {
  if (!state) return null;
  const doc = emptyDocument();
  try {
    Y.applyUpdate(doc, state);
  } catch {
    return null;
  }
  return isComplete(doc) ? doc : null;
}

function foreignFields(remote: RemoteText, now: NoteFields): Partial<NoteFields> {
  const wanted: Partial<NoteFields> = {};
  if (remote.tags) wanted.tags = [...new Set(remote.tags)].sort().slice(0, limits.tagsPerNote);
  if (remote.pinned !== null) wanted.pinned = remote.pinned;
  // Fauna keeps no nulls: a note out of the trash has no `trashedAt`.
  wanted.trashedAt = remote.trashedAt;
  if (now.createdAt === null) wanted.createdAt = remote.createdAt ?? Math.floor(remote.ts / 1000);
  return wanted;
}

/**
 * Two folds of one write may only have the same id if they are the same: one that begins with this device's own document
 * has an id that follows from that.
 */
function folderId(id: string, ts: number, own?: Y.Doc): number {
  const hash = createHash('sha256').update(`${id} ${ts}`);
  if (own) hash.update(encodeDocument(own));
  return FIRST_FOLDER + hash.digest().readUIntBE(0, 6);
}

/** JSON and UTF-8 have no half surrogate pairs, so two texts that differ in those alone are the same text. */
const wellFormed = (text: string): string => text.toWellFormed();
