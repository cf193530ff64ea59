const apple = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

/** `Ctrl+N` here, `⌘N` on a Mac. */
export const keyName = (key: string, shift = false): string =>
  apple ? `${shift ? '⇧' : ''}⌘${key}` : `Ctrl+${shift ? 'Shift+' : ''}${key}`;

type Chord = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Whether the event is Ctrl (or Cmd on a Mac) and this key, with nothing else held. */
export const isChord = (event: Chord, key: string, shift = false, onApple = apple): boolean =>
  (onApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) &&
  !event.altKey &&
  event.shiftKey === shift &&
  event.key.toLowerCase() === key;
