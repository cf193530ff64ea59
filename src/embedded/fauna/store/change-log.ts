/** What a transaction wrote, gathered for streams: the last word on every version and entry it touched. */
import type { Change, EntryChange, VersionChange } from './commit.ts';

export class ChangeLog {
  readonly #changes = new Map<string, Change>();

  get changes(): Change[] {
    return [...this.#changes.values()];
  }

  version(change: Omit<VersionChange, 'type'>): void {
    this.#changes.set(versionKey(change), { type: 'version', ...change });
  }

  removal(change: Omit<VersionChange, 'type' | 'before' | 'data'>): void {
    const key = versionKey(change);
    this.#changes.delete(key);
    this.#changes.set(key, { type: 'removal', ...change });
  }

  /** An element that comes and goes in one transaction has done neither; one that comes back with another ttl has. */
  entry(change: Omit<EntryChange, 'type'>, position: Uint8Array): void {
    const place = [change.scope, change.index, text(change.terms), text(position), change.ts].join('\n');
    const opposite = `${change.action === 'add' ? 'remove' : 'add'}\n${place}`;
    const earlier = this.#changes.get(opposite);
    const undoes = change.action === 'remove' || (earlier?.type === 'entry' && earlier.expires === change.expires);
    if (undoes && this.#changes.delete(opposite)) return;
    this.#changes.set(`${change.action}\n${place}`, { type: 'entry', ...change });
  }
}

const versionKey = ({ scope, collection, id, ts }: Omit<VersionChange, 'type' | 'before' | 'data'>): string =>
  [scope, collection, id, ts].join('\n');

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
