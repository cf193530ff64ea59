/** Typed events. A listener that throws harms neither the others nor the caller: what is committed stays told. */
export class Emitter<Events extends Record<string, unknown[]>> {
  readonly #listeners: { [E in keyof Events]?: Set<(...args: Events[E]) => void> } = {};
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void = reportLater) {
    this.#onError = onError;
  }

  /** Listens until the returned function is called. */
  on<E extends keyof Events>(event: E, listener: (...args: Events[E]) => void): () => void {
    const listeners = this.#listeners[event] ?? new Set();
    this.#listeners[event] = listeners;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  emit<E extends keyof Events>(event: E, ...args: Events[E]): void {
    for (const listener of [...(this.#listeners[event] ?? [])]) {
      try {
        listener(...args);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}

/** Surfaces as an uncaught exception, which main's own reporter sees, without breaking the one who emitted. */
function reportLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
