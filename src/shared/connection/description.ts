import { z } from 'zod';

/** Where this Burrow is connected; nothing in it is secret. */
export const connectionDescription = z.object({
  kind: z.enum(['embedded', 'own-servers']),
  publishableKey: z.string(),
  frontendApi: z.string(),
  issuer: z.string(),
  faunaEndpoint: z.string(),
  /** Name of the Clerk JWT template whose tokens Fauna accepts. */
  template: z.string(),
  /** How the client token is kept; `memory` means that the person signs in again after a restart. */
  tokenStorage: z.enum(['system', 'memory']),
  /** Why the connection cannot be used at all (a malformed key, an unreadable file); else null. */
  problem: z.object({ code: z.string(), message: z.string(), mend: z.string().optional() }).nullable(),
});
export type ConnectionDescription = z.infer<typeof connectionDescription>;
