import { z } from 'zod';

/** http is for this computer only: a token must never cross a network in the clear. */
const isSafe = (address: string): boolean => {
  const url = URL.parse(address);
  if (!url) return false;
  if (url.protocol === 'https:') return true;
  return (
    url.protocol === 'http:' &&
    (url.hostname === '127.0.0.1' || url.hostname === 'localhost' || url.hostname === '[::1]')
  );
};

const serviceUrl = z.string().refine(isSafe, 'must be an https address (http only for this computer)');

/**
 * The connection file: which Clerk and which FaunaDB this Burrow uses. It holds no secret, so a team can
 * bake it into its release or send it around. Without one, Burrow uses its embedded stack.
 */
export const connectionFile = z.strictObject({
  clerk: z.strictObject({
    publishableKey: z.string().trim(),
    /** Only for a Frontend API behind another address than the key names, such as `npm run embedded`. */
    frontendApi: serviceUrl.optional(),
    /** The JWT template whose tokens Fauna accepts. */
    template: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, - and _ only')
      .default('fauna'),
  }),
  fauna: z.strictObject({ endpoint: serviceUrl }),
});
export type ConnectionFile = z.infer<typeof connectionFile>;
