import { createStore } from '../store.ts';

/** Where in the window the person is. `sign-in` over an open account is "sign in again". */
export type Screen = 'notes' | 'connection' | 'settings' | 'sign-in';

export const screen = createStore<Screen>('notes');
