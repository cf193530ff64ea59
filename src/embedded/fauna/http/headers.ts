/** Request headers with a meaning of their own. */
const DEFAULT_TIMEOUT_MS = 120_000;
const MAX_TIMEOUT_MS = 600_000;

/** X-Query-Timeout in ms; undefined if it is not a number in range. */
export function readTimeout(value: string | null): number | undefined {
  if (value === null) return DEFAULT_TIMEOUT_MS;
  const number = /^\d{1,7}$/.test(value) ? Number(value) : 0;
  return number >= 1 && number <= MAX_TIMEOUT_MS ? number : undefined;
}
