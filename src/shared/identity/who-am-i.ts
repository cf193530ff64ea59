import { z } from 'zod';

const failureShape = z.object({ code: z.string(), message: z.string(), mend: z.string().optional() });

/** One link of the chain window -> main -> Fauna: what it says the user id is, or why it cannot say. */
export const identityLink = z.object({
  name: z.enum(['clerk', 'main', 'fauna']),
  userId: z.string().nullable(),
  ms: z.number(),
  failure: failureShape.nullable(),
});
export type IdentityLink = z.infer<typeof identityLink>;

export const identityReport = z.object({
  links: z.array(identityLink),
  /** All three links answered, with the same id. */
  agree: z.boolean(),
  /** The claims of the Fauna JWT. Never the token. */
  claims: z.record(z.string(), z.unknown()).nullable(),
  ms: z.number(),
});
export type IdentityReport = z.infer<typeof identityReport>;
