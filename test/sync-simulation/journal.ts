/** One marker that somebody typed: where, and what may rightly have become of it. */
export interface Marker {
  text: string;
  number: number;
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
 * Each marker has a character of its own at both ends, one that parts words for the search. With the same ones everywhere, the diff of another client's write
 * may as well begin one character later, and what is typed or deleted there meanwhile would cut the marker in two.
 */
const ENDS = 0x2500;
const PATTERN = /[\u2500-\u2775][a-z]\d+[\u2500-\u2775]/g;

/** Everything that was typed. The promises are checked against this. */
export class Journal {
  readonly markers = new Map<string, Marker>();
  readonly poisonedNotes = new Set<string>();
  /** Who deleted them for good, or tried to. */
  readonly purgedBy = new Map<string, Set<string | null>>();
  /** By another FQL client, so that devices learn of it only when they look for it. */
  readonly deletedOutright = new Set<string>();
  readonly tags = new Map<string, { account: string; note: string; removed: boolean }>();
  #next = 1;

  /** A text that no other edit has. `kind` is one letter. */
  marker(kind: string, parts: { account: string; note: string; device: string | null }): Marker {
    const number = this.#next++;
    const end = String.fromCharCode(ENDS + number);
    const marker = {
      ...parts,
      text: `${end}${kind}${number}${end}`,
      number,
      acknowledged: false,
      removedBy: new Set<string | null>(),
      poisoned: this.poisonedNotes.has(parts.note),
    };
    this.markers.set(marker.text, marker);
    return marker;
  }

  /** A place in the order of markers. */
  get now(): number {
    return this.#next;
  }

  /** Notes that a restored Fauna had as a text alone, so that it remembers nothing of the document that devices have. */
  readonly bare = new Set<string>();

  /** Fauna is as it was then: what another client wrote since, no device need have. What devices typed stays promised. */
  wentBackTo(then: number, bare: Iterable<string>): void {
    for (const note of bare) this.bare.add(note);
    for (const marker of this.markers.values()) {
      if (marker.device === null && marker.number >= then) marker.acknowledged = false;
    }
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
    this.purgedBy.set(note, (this.purgedBy.get(note) ?? new Set()).add(by));
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
