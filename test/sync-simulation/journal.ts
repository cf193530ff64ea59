/** One marker that somebody typed: where, and what may rightly have become of it. */
export interface Marker {
  text: string;
  account: string;
  note: string;
  /** The device that typed it; null: another FQL client. */
  device: string | null;
  /** The store, or Fauna, said that it is kept. */
  acknowledged: boolean;
  /** Who saw it and took it away: deleted it, or purged or deleted the note that held it. Null: another FQL client. */
  removedBy: Set<string | null>;
  /** The note holds what the server refuses, so it stays on its device. */
  poisoned: boolean;
}

/**
 * Each marker has characters of its own at both ends. With the same ones everywhere, the diff of another client's write
 * may as well begin one character later, and what is typed or deleted there meanwhile would cut the marker in two.
 */
const ENDS = 0xe000;
const PATTERN = /[\ue000-\uf8ff][a-z]\d+[\ue000-\uf8ff]/g;

/** Everything that was typed. The promises are checked against this. */
export class Journal {
  readonly markers = new Map<string, Marker>();
  readonly poisonedNotes = new Set<string>();
  /** Somebody deleted them for good, or tried to. */
  readonly purgedNotes = new Set<string>();
  readonly tags = new Map<string, { account: string; note: string; removed: boolean }>();
  #next = 1;

  /** A text that no other edit has. `kind` is one letter. */
  marker(kind: string, parts: { account: string; note: string; device: string | null }): Marker {
    const number = this.#next++;
    const end = String.fromCharCode(ENDS + number);
    const marker = {
      ...parts,
      text: `${end}${kind}${number}${end}`,
      acknowledged: false,
      removedBy: new Set<string | null>(),
      poisoned: this.poisonedNotes.has(parts.note),
    };
    this.markers.set(marker.text, marker);
    return marker;
  }

  tag(account: string, note: string): string {
    const tag = `tag${this.#next++}`;
    this.tags.set(tag, { account, note, removed: true });
    return tag;
  }

  /** Somebody is about to take these away; whether that works out is not waited for. */
  removing(markers: readonly string[], by: string | null): void {
    for (const text of markers) this.markers.get(text)?.removedBy.add(by);
  }

  removingNote(note: string, body: string, by: string | null): void {
    this.removing(markersIn(body), by);
    this.purgedNotes.add(note);
    for (const tag of this.tags.values()) if (tag.note === note) tag.removed = true;
  }
}

export const markersIn = (body: string): string[] => body.match(PATTERN) ?? [];

/** Places between two markers, where typing breaks none. */
export const gapsIn = (body: string): number[] => {
  const gaps = [0];
  for (const match of body.matchAll(PATTERN)) gaps.push(match.index + match[0].length);
  return gaps;
};
