import { z } from 'zod';

export const clerkUserId = z.string().regex(/^user_[A-Za-z0-9]{1,64}$/, 'not a Clerk user id');

/** Who uses this window, as main has verified it. */
export const account = z.object({
  userId: clerkUserId,
  /** What to call the person: name, else e-mail, else "This computer". */
  label: z.string(),
  email: z.string().nullable(),
  /** Made by "Continue on this computer". */
  local: z.boolean(),
});
export type Account = z.infer<typeof account>;

/** A compact JWT; the contents are checked in main, this only bounds what crosses the bridge. */
export const compactJwt = z
  .string()
  .max(16_384)
  .regex(/^ey[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/, 'not a JWT');

/** clerk-js's own snapshots, kept by main so that the next start works offline (docs/identity.md). */
export const clerkResources = z.object({ client: z.unknown(), environment: z.unknown() });
export type ClerkResources = z.infer<typeof clerkResources>;
