interface Planned {
  at: number;
  order: number;
  call: () => unknown;
}

const START = Date.UTC(2026, 0, 1);

/** Virtual time. Things happen one after the other; between two, everything that only waited for promises is done. */
export class World {
  /** ms */
  now = START;
  readonly #planned: Planned[] = [];
  #order = 0;
  readonly start = START;

  after(ms: number, call: () => unknown): () => void {
    const planned: Planned = { at: this.now + Math.max(0, ms), order: this.#order++, call };
    let low = 0;
    let high = this.#planned.length;
    // The next one is at the end, so that taking it is cheap.
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#planned[middle] as Planned).at > planned.at) low = middle + 1;
      else high = middle;
    }
    this.#planned.splice(low, 0, planned);
    return () => {
      const found = this.#planned.indexOf(planned);
      if (found >= 0) this.#planned.splice(found, 1);
    };
  }

  /** Lets this much time pass, or less once `done` says so. */
  async pass(ms: number, done: () => boolean = () => false): Promise<void> {
    const end = this.now + ms;
    await drain();
    for (;;) {
      const next = this.#planned.at(-1);
      if (!next || next.at > end || done()) break;
      this.#planned.pop();
      this.now = Math.max(this.now, next.at);
      await next.call();
      await drain();
    }
    if (!done()) this.now = end;
  }
}

/** Promises that wait for nothing outside are all settled once the event loop comes round. */
const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
