import * as Y from 'yjs';
import type { NotesStore } from '../../src/main/notes/notes-store.ts';
import { NOTE_BODY } from '../../src/shared/notes/note.ts';
import type { Device } from './device.ts';
import { type Journal, markersIn } from './journal.ts';
import { POISON } from './network.ts';
import type { ServerDocument } from './server.ts';

const bodyIn = (store: NotesStore, id: string): string => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, store.open(id).state);
  return doc.getText(NOTE_BODY).toString();
};

/** Also those whose making was cut off between the disk and the answer. */
const notePoisoned = (store: NotesStore, journal: Journal): void => {
  for (const { id } of store.list()) {
    const body = bodyIn(store, id);
    if (Object.keys(POISON).some((word) => body.includes(word))) journal.poisonedNotes.add(id);
  }
};

/** What one device shows, as text to compare: notes that the server refuses stay out of it. */
const picture = (store: NotesStore, journal: Journal): Map<string, string> =>
  new Map(
    store
      .list()
      .filter(({ id }) => !journal.poisonedNotes.has(id))
      .map(({ id, tags, pinned, trashedAt }) => [
        id,
        JSON.stringify([bodyIn(store, id), [...tags].sort(), pinned, trashedAt !== null]),
      ]),
  );

/** Devices and server, once it is quiet: equal, nothing waiting, no good note held up. Empty when all is well. */
export const differences = (
  devices: readonly Device[],
  documents: ReadonlyMap<string, ServerDocument>,
  journal: Journal,
): string[] => {
  const found: string[] = [];
  for (const { store } of devices) if (store) notePoisoned(store, journal);
  const live = new Map([...documents].filter(([id, one]) => !one.purged && !journal.poisonedNotes.has(id)));
  let first: Map<string, string> | null = null;
  for (const device of devices) {
    const { store, engine, name } = device;
    if (!store || !engine) return [`${name} is not running`];
    const { state, waiting, setAside, failure } = engine.status();
    if (state !== 'synced') found.push(`${name} says ${state} (${failure?.code})`);
    if (waiting > setAside.length) found.push(`${name} has ${waiting} notes waiting`);
    const wrong = setAside.filter(({ id }) => !journal.poisonedNotes.has(id));
    for (const { id, failure: why } of wrong) found.push(`${name} set note ${id} aside: ${why.code}`);
    const seen = picture(store, journal);
    first ??= seen;
    for (const id of new Set([...first.keys(), ...seen.keys()])) {
      if (first.get(id) !== seen.get(id))
        found.push(`note ${id} on ${name}: ${seen.get(id)}, elsewhere ${first.get(id)}`);
    }
    for (const id of new Set([...live.keys(), ...seen.keys()])) {
      const there = live.get(id)?.body ?? null;
      const here = seen.has(id) ? bodyIn(store, id) : null;
      if (there !== here) found.push(`note ${id} on ${name}: ${here}, on the server ${there}`);
    }
  }
  return found;
};

/** No acknowledged edit lost, none there twice, and what others took away kept as a version where it was written. */
export const brokenPromises = (account: string, devices: readonly Device[], journal: Journal): string[] => {
  const found: string[] = [];
  for (const { store, name } of devices) {
    if (!store) continue;
    const bodies = new Map(store.list().map(({ id }) => [id, bodyIn(store, id)]));
    for (const [id, body] of bodies) {
      const seen = new Set<string>();
      for (const text of markersIn(body)) {
        if (seen.has(text)) found.push(`${text} is twice in note ${id} on ${name}`);
        if (journal.markers.get(text)?.account !== account) found.push(`${text} of another account is on ${name}`);
        seen.add(text);
      }
    }
    for (const marker of journal.markers.values()) {
      if (marker.account !== account || !marker.acknowledged) continue;
      const body = bodies.get(marker.note);
      if (body?.includes(marker.text)) continue;
      if (marker.poisoned || journal.poisonedNotes.has(marker.note)) {
        if (marker.device === name && marker.removedBy.size === 0)
          found.push(`${marker.text}, refused, is gone on ${name}`);
        continue;
      }
      if (marker.removedBy.size === 0) found.push(`${marker.text} of note ${marker.note} is lost on ${name}`);
      else if (body !== undefined && marker.device === name && !marker.removedBy.has(name)) {
        if (journal.purgedNotes.has(marker.note)) continue;
        const kept = store
          .versions(marker.note)
          .some(({ version }) => store.versionBody(marker.note, version).includes(marker.text));
        if (!kept) found.push(`${marker.text}, taken away by others, is in no version on ${name}`);
      }
    }
    const tags = new Map(store.list().map((note) => [note.id, new Set(note.tags)]));
    for (const [tag, { account: of, note, removed }] of journal.tags) {
      if (of !== account || removed || journal.poisonedNotes.has(note)) continue;
      if (!tags.get(note)?.has(tag)) found.push(`${tag} of note ${note} is lost on ${name}`);
    }
  }
  return found;
};
