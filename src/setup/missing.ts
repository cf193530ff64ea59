import type { Conversation } from './conversation.ts';
import type { CompleteSettings } from './set-up.ts';
import { type Settings, UsageError } from './settings.ts';

const questions = [
  { name: 'publishableKey', flag: 'CLERK_PUBLISHABLE_KEY', text: 'Clerk publishable key (pk_…)', secret: false },
  { name: 'clerkSecretKey', flag: 'CLERK_SECRET_KEY', text: 'Clerk secret key (sk_…, not shown)', secret: true },
  { name: 'faunaEndpoint', flag: 'FAUNA_ENDPOINT', text: 'Fauna endpoint (https://…)', secret: false },
  { name: 'faunaKey', flag: 'FAUNA_KEY', text: 'Fauna admin or root key (not shown)', secret: true },
] as const;

/** Asks for what neither flags nor environment gave. Throws UsageError where there is nobody to ask. */
export const askForMissing = async (settings: Settings, talk: Conversation): Promise<CompleteSettings> => {
  const found: Record<string, string> = {};
  for (const { name, flag, text, secret } of questions) {
    const given = settings[name] ?? (talk.interactive ? await talk.ask(text, { secret }) : '');
    if (!given) throw new UsageError(`${flag} is missing: set it in the environment or in .env`);
    found[name] = given;
  }
  return { ...settings, ...found } as CompleteSettings;
};
