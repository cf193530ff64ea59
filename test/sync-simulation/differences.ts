import type { Device } from './device.ts';
import type { Journal } from './journal.ts';
import { bodyOfState, pictureOf, type Shown } from './picture.ts';
import type { ServerDocument } from './server.ts';

/**
 * Devices and server, once it is quiet: equal, nothing waiting, no good note held up. Empty when all is well. A device
 * with an older Burrow may hold edits of a note in a newer format, set aside; these are compared once it has the newer.
 * And where all have the older one, nobody takes up what another client writes into such a note, nor sends it again.
 */
export const differences = (
  devices: readonly Device[],
  all: ReadonlyMap<string, ServerDocument>,
  journal: Journal,
): string[] => {
  const canWriteAll = devices.some(({ upgraded }) => upgraded);
  const beyond = new Set(canWriteAll ? [] : newFormat(all));
  const documents = new Map([...all].filter(([id]) => !beyond.has(id)));
  const found = wrongDocuments(documents, journal);
  for (const device of devices) {
    const { store, engine, name } = device;
    if (!store || !engine) return [`${name} is not running`];
    const { state, waiting, setAside, failure } = engine.status();
    if (state !== 'synced') found.push(`${name} says ${state} (${failure?.code})`);
    if (waiting > setAside.length) found.push(`${name} has ${waiting} notes waiting`);
    const shown = pictureOf(store, journal);
    const tooNew = new Set<string>();
    for (const { id, failure: why } of setAside) {
      if (why.code === 'note-newer-format' && !device.upgraded) tooNew.add(id);
      else if (!journal.poisonedNotes.has(id)) found.push(`${name} set note ${id} aside: ${why.code}`);
    }
    for (const id of new Set([...documents.keys(), ...shown.keys()])) {
      if (journal.poisonedNotes.has(id) || tooNew.has(id) || beyond.has(id)) continue;
      if (!canWriteAll && shown.get(id)?.readOnly) continue;
      // Fauna has lost it: it is sent again by who has it whole, and by this device once that has the newer Burrow.
      if (!device.upgraded && shown.get(id)?.readOnly && !documents.has(id)) continue;
      const there = asShown(documents.get(id), shown.get(id), device.upgraded);
      const here = asText(shown.get(id));
      if (there !== here) found.push(`note ${id} on ${name}: ${here}, on the server ${there}`);
    }
  }
  return found;
};

const newFormat = (documents: ReadonlyMap<string, ServerDocument>): string[] =>
  [...documents.values()].filter(({ format }) => format > 1).map(({ id }) => id);

const asText = (shown: Shown | undefined): string | null => (shown ? JSON.stringify(shown) : null);

/** What Burrow takes for nothing in a document is what the device has. */
const asShown = (one: ServerDocument | undefined, here: Shown | undefined, upgraded: boolean): string | null =>
  one && !one.purged
    ? asText({
        title: one.title ?? '',
        body: one.body ?? '',
        tags: [...(one.tags ?? here?.tags ?? [])].sort(),
        pinned: one.pinned ?? here?.pinned ?? false,
        trashed: one.trashedAt !== null,
        readOnly: !upgraded && one.format > 1,
        poisoned: false,
      })
    : null;

/** What is wrong with a document by itself: two devices that made each something else of it would differ later. */
const wrongDocuments = (documents: ReadonlyMap<string, ServerDocument>, journal: Journal): string[] => {
  const found: string[] = [];
  for (const { id, purged, body, state } of documents.values()) {
    if (purged && (body !== null || state !== null)) found.push(`note ${id} is deleted for good and its text is there`);
    if (purged || journal.poisonedNotes.has(id)) continue;
    const meant = state ? bodyOfState(state) : null;
    if (meant !== body) found.push(`note ${id} on the server reads ${body}, and its document says ${meant}`);
  }
  return found;
};
