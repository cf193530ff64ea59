/** The part of the global `fetch` that the app needs; the embedded stack answers the same shape over a message port. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;
