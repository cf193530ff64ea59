import type { NotesStore } from '../../src/main/notes/notes-store.ts';
import type { Device } from './device.ts';
import { type Journal, type Marker, markersIn } from './journal.ts';
import { keptOnDisk } from './kept-on-disk.ts';
import { pictureOf, type Shown } from './picture.ts';
import type { ServerDocument } from './server.ts';

/**
 * What must hold of each device in the end, whoever did what: found by the markers that were typed. `versionsWillDo`:
 * while a device could only show a note of a newer format, Fauna has lost what this device had sent before, so that no
 * other device need have it.
 */
export const brokenPromises = (
  account: string,
  devices: readonly Device[],
  journal: Journal,
  versionsWillDo: boolean,
): string[] => {
  const markers = [...journal.markers.values()].filter((marker) => marker.account === account && marker.acknowledged);
  return devices.flatMap((device) => {
    const { store, name } = device;
    if (!store) return [];
    const shown = pictureOf(store, journal);
    return [
      ...outOfPlace(account, name, shown, journal),
      ...markers.flatMap((marker) => lost(marker, { device, store, shown, journal, versionsWillDo })),
      ...(versionsWillDo ? [] : lostTags(account, name, shown, journal)),
    ];
  });
};

/** A marker twice, in another note, or of another account. */
const outOfPlace = (account: string, name: string, shown: ReadonlyMap<string, Shown>, journal: Journal): string[] => {
  const found: string[] = [];
  for (const [id, { body }] of shown) {
    const seen = new Set<string>();
    for (const text of markersIn(body)) {
      const marker = journal.markers.get(text);
      // Then all lines of both are kept, and the same text may be in two of them.
      if (seen.has(text) && !journal.bare.has(id)) found.push(`${text} is twice in note ${id} on ${name}`);
      if (marker?.account !== account) found.push(`${text} of another account is on ${name}`);
      // One whose making was cut off has no note.
      if (marker?.note && marker.note !== id) found.push(`${text} of note ${marker.note} is in note ${id} on ${name}`);
      seen.add(text);
    }
  }
  return found;
};

/** What the device, or Fauna, said was kept is there; and what others took away is kept where it was typed. */
const lost = (
  marker: Marker,
  on: {
    device: Device;
    store: NotesStore;
    shown: ReadonlyMap<string, Shown>;
    journal: Journal;
    versionsWillDo: boolean;
  },
): string[] => {
  const { device, store, shown, journal } = on;
  const { text, note, removedBy } = marker;
  const { name } = device;
  const here = shown.get(note);
  if (here?.body.includes(text)) return [];
  const mine = marker.device === name;
  if (marker.poisoned || journal.poisonedNotes.has(note)) {
    return mine && removedBy.size === 0 ? [`${text}, refused, is gone on ${name}`] : [];
  }
  if (removedBy.size === 0 && !on.versionsWillDo) return [`${text} of note ${note} is lost on ${name}`];
  // Deleting for good deletes the versions, too.
  if (!mine || removedBy.has(name) || journal.purgedBy.get(note)?.has(name)) return [];
  const kept = here
    ? store.versions(note).some(({ version }) => store.versionBody(note, version).includes(text))
    : keptOnDisk(device.file, note).some((body) => body.includes(text));
  return kept ? [] : [`${text} of note ${note}, taken away by others, is kept nowhere on ${name}`];
};

const lostTags = (account: string, name: string, shown: ReadonlyMap<string, Shown>, journal: Journal): string[] =>
  [...journal.tags].flatMap(([tag, { account: of, note, removed }]) =>
    of !== account || removed || journal.poisonedNotes.has(note) || shown.get(note)?.tags.includes(tag)
      ? []
      : [`${tag} of note ${note} is lost on ${name}`],
  );

/** What a device typed and the server has not must be among the notes that it names before somebody signs out. */
export const unnamed = (device: Device, documents: ReadonlyMap<string, ServerDocument>, journal: Journal): string[] => {
  const { store, name, account } = device;
  if (!store) return [];
  const shown = pictureOf(store, journal);
  const named = new Set(store.sync.unsynced().map(({ id }) => id));
  return [...journal.markers.values()].flatMap(({ text, note, device: typedOn, account: of, removedBy }) => {
    if (typedOn !== name || of !== account || removedBy.size > 0 || named.has(note)) return [];
    const onlyHere = shown.get(note)?.body.includes(text) && !documents.get(note)?.body?.includes(text);
    return onlyHere ? [`${text} of note ${note} is only on ${name}, which does not say so`] : [];
  });
};

/** Words of a note that somebody reads can be found; `sample` chooses one note. */
export const unfindable = async (device: Device, journal: Journal, sample: number): Promise<string[]> => {
  const { store, name } = device;
  if (!store) return [];
  const notes = [...pictureOf(store, journal)];
  const [id, note] = notes[sample % Math.max(1, notes.length)] ?? [];
  const [marker] = markersIn(note?.body ?? '');
  if (!id || !marker) return [];
  const word = marker.slice(1, -1);
  const hits = await store.search(word);
  const expected = notes.filter(([, { body }]) => body.includes(word)).map(([one]) => one);
  const found = hits.map((hit) => hit.id);
  return expected.every((one) => found.includes(one)) && found.every((one) => expected.includes(one))
    ? []
    : [`a search for ${word} on ${name} finds ${found.join(' ')}, not ${expected.join(' ')}`];
};

/** What is there and not here is fetched in the end (sync/audit.ts); but unless something hid it, nothing may be missed. */
export const missed = ({ store, name }: Device): string[] =>
  (store?.sync.readLog(5_000) ?? [])
    .filter(({ event }) => event === 'missed')
    .map(({ detail }) => `${name} had passed over ${detail.notes} notes that nothing hid`);
