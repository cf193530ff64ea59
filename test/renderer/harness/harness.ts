/**
 * The window without main, for visual work only: `window.burrow` is an in-memory fake, chosen by the page's query
 * (`?signed-in&notes=30&fail-saves`). The real end-to-end tests run against the real main.
 */
import { createFakeBurrow } from './fake-burrow.ts';

const fake = createFakeBurrow(new URLSearchParams(location.search));
Object.assign(window, { burrow: fake.api, fake });
await import('../../../src/renderer/main.tsx');
