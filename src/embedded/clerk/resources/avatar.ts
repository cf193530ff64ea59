import { createHash } from 'node:crypto';
import type { User } from '../accounts/users.ts';
import { identifierOf } from '../accounts/users.ts';

/**
 * The picture of a user: the one they chose, else a coloured letter. Always a `data:` URL, since the window may fetch
 * nothing. The id in it is what makes Clerk's UI treat a picture as the default one, which cannot be removed.
 */
export const imageUrl = (user: User): string => user.image ?? placeholder(user);

function placeholder(user: User): string {
  const letter = [...identifierOf(user)].find((one) => /[\p{L}\p{N}]/u.test(one))?.toUpperCase() ?? '';
  const hue = ((createHash('sha256').update(user.id).digest()[0] ?? 0) * 360) >> 8;
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" id="avatar_placeholder" viewBox="0 0 64 64">' +
    `<rect width="64" height="64" fill="hsl(${hue} 45% 45%)"/>` +
    '<text x="32" y="43" font-family="system-ui,sans-serif" font-size="30" text-anchor="middle" fill="#fff">' +
    `${letter}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
