import { createStore } from '../store.ts';

/** Where in the window the person is. `sign-in` over an open account is "sign in again". */
export type Screen = 'notes' | 'connection' | 'settings' | 'sync-log' | 'sign-in';

export const screen = createStore<Screen>('notes');

/** What is open over the whole window. */
export type Overlay = 'palette' | 'sign-out' | 'unsynced' | null;

export const overlay = createStore<Overlay>(null);
