import type { Device } from './device.ts';
import type { Journal } from './journal.ts';

/** Looks at devices now and then: at no time may a note be gone that nobody has deleted. */
export class Watch {
  readonly #journal: Journal;
  /** The notes that each file had when it was looked at last. */
  readonly #seen = new Map<string, Set<string>>();

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  vanished(device: Device): string[] {
    const { store, file, name } = device;
    if (!store) return [];
    const now = new Set(store.list().map(({ id }) => id));
    const gone = [...(this.#seen.get(file) ?? [])].filter((id) => !now.has(id) && !this.#journal.purgedBy.has(id));
    this.#seen.set(file, now);
    return gone.map((id) => `note ${id} has vanished from ${name}, and nobody deleted it`);
  }
}
