const day = 86_400_000;
const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0);

/** A note's time as a list shows it: `14:05`, `Yesterday`, `Tuesday`, `3 Mar`, `3 Mar 2024`. */
export function shortTime(at: number, now: number = Date.now(), locale?: string): string {
  const date = new Date(at);
  const daysAgo = Math.round((startOfDay(now) - startOfDay(at)) / day);
  if (daysAgo <= 0) return date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  if (daysAgo === 1) return 'Yesterday';
  if (daysAgo < 7) return date.toLocaleDateString(locale, { weekday: 'long' });
  const thisYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString(locale, { day: 'numeric', month: 'short', ...(thisYear ? {} : { year: 'numeric' }) });
}

/** How long ago, in words: `just now`, `5 min ago`, `2 h ago`, then the date. */
export function timeAgo(at: number, now: number = Date.now()): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return shortTime(at, now);
}

/** Day and time in full: `Today, 14:05`, `Yesterday, 09:12`, `Tue 3 Mar, 14:05`, `3 Mar 2024, 14:05`. */
export function fullTime(at: number, now: number = Date.now(), locale?: string): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  const daysAgo = Math.round((startOfDay(now) - startOfDay(at)) / day);
  if (daysAgo <= 0) return `Today, ${time}`;
  if (daysAgo === 1) return `Yesterday, ${time}`;
  const thisYear = date.getFullYear() === new Date(now).getFullYear();
  const named = date.toLocaleDateString(locale, {
    day: 'numeric',
    month: 'short',
    ...(thisYear ? { weekday: 'short' } : { year: 'numeric' }),
  });
  return `${named}, ${time}`;
}
