/**
 * What a worker is doing, where both threads can see and change it at once: nothing, a call (by its number), or a
 * commit. A worker is only ever ended in the middle of a call, so that whether something was committed is never in doubt.
 */
const IDLE = 0;
const COMMITTING = -1;
const ENDED = -2;

/** Thrown in the worker when it is to be ended: whatever it was doing is to be undone. */
export class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded';
}

export class Phase {
  readonly #state: Int32Array;

  constructor(shared: SharedArrayBuffer) {
    this.#state = new Int32Array(shared);
  }

  static create(): SharedArrayBuffer {
    return new SharedArrayBuffer(4);
  }

  /** The call it is in, if it is in one. */
  get call(): number | undefined {
    const state = Atomics.load(this.#state, 0);
    return state > 0 ? state : undefined;
  }

  get committing(): boolean {
    return Atomics.load(this.#state, 0) === COMMITTING;
  }

  /** By the worker. Throws WorkerEnded. */
  enter(call: number): void {
    this.#go(call);
  }
  commit(): void {
    this.#go(COMMITTING);
  }
  rest(): void {
    this.#go(IDLE);
  }

  /** By the service: true if the worker was still in this call and will do nothing more. */
  end(call: number): boolean {
    return Atomics.compareExchange(this.#state, 0, call, ENDED) === call;
  }

  #go(next: number): void {
    const now = Atomics.load(this.#state, 0);
    if (now === ENDED || Atomics.compareExchange(this.#state, 0, now, next) !== now) {
      throw new WorkerEnded('this thread is being ended');
    }
  }
}
