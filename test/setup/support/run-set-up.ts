import { join } from 'node:path';
import type { Fetch } from '../../../src/main/connection/fetch.ts';
import type { Conversation } from '../../../src/setup/conversation.ts';
import { askForMissing } from '../../../src/setup/missing.ts';
import { setUp } from '../../../src/setup/set-up.ts';
import type { SetUpReport } from '../../../src/setup/set-up-report.ts';
import { readSettings } from '../../../src/setup/settings.ts';
import { ROOT_KEY, SECRET_KEY, type Servers } from './servers.ts';

export interface Told {
  lines: string[];
  questions: string[];
}

/** What a person, or nobody, answers. */
export const conversation = (told: Told, answer: (question: string) => boolean = () => true): Conversation => ({
  say: (line) => void told.lines.push(line),
  interactive: false,
  confirm: async (question) => {
    told.questions.push(question);
    return answer(question);
  },
  ask: async () => '',
});

export const environmentOf = (servers: Servers): Record<string, string> => ({
  CLERK_PUBLISHABLE_KEY: servers.publishableKey,
  CLERK_SECRET_KEY: SECRET_KEY,
  CLERK_API_URL: servers.frontendApi,
  CLERK_FRONTEND_API: servers.frontendApi,
  FAUNA_ENDPOINT: servers.faunaEndpoint,
  FAUNA_KEY: ROOT_KEY,
});

/** Set-up as the command runs it, in this process. */
export const runSetUp = async (
  servers: Servers,
  options: {
    args?: string[];
    env?: Record<string, string>;
    answer?: (question: string) => boolean;
    fetch?: Fetch;
    told?: Told;
  } = {},
): Promise<SetUpReport & Told> => {
  const told = options.told ?? { lines: [], questions: [] };
  const { settings, flags } = readSettings(options.args ?? [], {
    folder: servers.folder,
    env: { ...environmentOf(servers), ...options.env },
  });
  const talk = conversation(told, options.answer);
  const report = await setUp({
    settings: await askForMissing(settings, talk),
    flags,
    talk,
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
  });
  return { ...report, ...told };
};

export const connectionFileOf = (servers: Servers): string => join(servers.folder, 'connection.json');
