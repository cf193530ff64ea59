/** The embedded stack's own names. Nothing resolves them on a network: in the app they are answered over a message port. */
export const EMBEDDED_CLERK_HOST = 'clerk.burrow.internal';
export const EMBEDDED_FAUNA_HOST = 'fauna.burrow.internal';

/** What the embedded Clerk's tokens say in `iss`: an https name as every provider needs one. */
export const EMBEDDED_ISSUER = `https://${EMBEDDED_CLERK_HOST}`;
