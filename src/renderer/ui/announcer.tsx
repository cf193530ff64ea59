import { createStore, useStore } from '../store.ts';

const message = createStore('');

/** Says a sentence to screen readers, politely. */
export const announce = (sentence: string): void => message.set(sentence);

export function Announcer() {
  return (
    <div className="visually-hidden" role="log" aria-live="polite">
      {useStore(message)}
    </div>
  );
}
