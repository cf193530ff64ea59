/** The app's own origin; every page of ours is served from it (main/shell/app-protocol.ts). */
export const APP_ORIGIN = 'burrow://app';

/** Path on that origin under which clerk-js believes its Frontend API to be (main/identity/clerk-proxy.ts). */
export const CLERK_PROXY_PATH = '/__clerk';
