import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import type { GrantedRole } from '../main/fauna/schema/definition.ts';
import { names } from '../main/fauna/schema/definition.ts';
import { DEFAULT_ROLES } from '../main/fauna/schema/plan.ts';
import { CLERK_BACKEND_API } from '../main/identity/backend-api.ts';

/** A command line that cannot be understood: exit code 2. */
export class UsageError extends Error {}

/** Made by set-up, read by every command after it; holds secrets, so its mode is 0600. */
export const KEY_FILE_NAME = '.env.burrow';

/** What set-up and doctor need to know, as far as it is known. Secrets among it: never printed. */
export interface Settings {
  clerkSecretKey: string | null;
  publishableKey: string | null;
  clerkApi: string;
  /** Only for a Frontend API behind another address than the publishable key names. */
  frontendApi: string | null;
  faunaEndpoint: string | null;
  faunaKey: string | null;
  faunaDoctorKey: string | null;
  database: string;
  template: string;
  lifetime: number | null;
  claims: Record<string, string>;
  roles: GrantedRole[];
  /** An address other than Clerk's where the template's keys are published. */
  jwks: string | null;
  connectionFile: string;
  keyFile: string;
  signInAs: string | null;
}

export interface Flags {
  dryRun: boolean;
  json: boolean;
  undo: boolean;
  deleteData: boolean;
  yes: boolean;
  help: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const many = { type: 'string', multiple: true } as const;

const options = {
  'clerk-secret-key': text,
  'publishable-key': text,
  'clerk-api': text,
  'frontend-api': text,
  'fauna-endpoint': text,
  'fauna-key': text,
  'fauna-doctor-key': text,
  database: text,
  template: text,
  lifetime: text,
  claim: many,
  role: many,
  jwks: text,
  connection: text,
  'key-file': text,
  'sign-in-as': text,
  'dry-run': flag,
  json: flag,
  undo: flag,
  'delete-data': flag,
  yes: { ...flag, short: 'y' },
  help: { ...flag, short: 'h' },
} as const;

const readEnvFile = (path: string): Record<string, string | undefined> =>
  existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};

const claimsOf = (given: string[]): Record<string, string> =>
  Object.fromEntries(
    given.map((one) => {
      const [, name, value] = /^([A-Za-z_][\w-]*)=(.+)$/s.exec(one) ?? [];
      if (!name || !value)
        throw new UsageError(`--claim takes name={{shortcode}}, such as email={{user.primary_email_address}}`);
      if (name === 'aud') throw new UsageError('the claim aud is the audience of Fauna; set-up sets it');
      return [name, value];
    }),
  );

const claimValue = (said: string): string | number | boolean =>
  said === 'true' || said === 'false' ? said === 'true' : /^-?\d+$/.test(said) ? Number(said) : said;

const rolesOf = (given: string[]): GrantedRole[] =>
  given.map((one) => {
    const [, name, claim, value] = /^([A-Za-z_]\w*)(?:\s+when\s+([\w-]+)=(.+))?$/.exec(one.trim()) ?? [];
    if (!name) throw new UsageError(`--role takes NAME or 'NAME when CLAIM=VALUE', not ${one}`);
    return claim && value !== undefined ? { name, when: { claim, equals: claimValue(value) } } : { name };
  });

const lifetimeOf = (given: string | undefined): number | null => {
  if (given === undefined) return null;
  const seconds = Number(given);
  if (Number.isInteger(seconds) && seconds >= 60 && seconds <= 86_400) return seconds;
  throw new UsageError('--lifetime is a whole number of seconds from 60 to 86400');
};

const jwksOf = (given: string | null): string | null => {
  if (given === null || URL.parse(given)?.protocol === 'https:') return given;
  throw new UsageError('--jwks must be an https address: Fauna fetches keys by https only');
};

const nothingAtTheEnd = (address: string): string => address.trim().replace(/\/+$/, '');

/** Flags first, then the environment, then `.env`, then what an earlier set-up wrote. Throws UsageError. */
export const readSettings = (
  args: string[],
  surroundings: { folder: string; env: Record<string, string | undefined> },
): { settings: Settings; flags: Flags } => {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const keyFile = resolve(surroundings.folder, values['key-file'] ?? KEY_FILE_NAME);
  const layers = [surroundings.env, readEnvFile(resolve(surroundings.folder, '.env')), readEnvFile(keyFile)];
  const known = (flagged: string | undefined, ...variables: string[]): string | null => {
    const found = [flagged, ...layers.flatMap((layer) => variables.map((name) => layer[name]))];
    return found.find((one) => one !== undefined && one.trim() !== '')?.trim() ?? null;
  };
  const address = (found: string | null) => (found === null ? null : nothingAtTheEnd(found));
  return {
    settings: {
      clerkSecretKey: known(values['clerk-secret-key'], 'CLERK_SECRET_KEY'),
      publishableKey: known(values['publishable-key'], 'CLERK_PUBLISHABLE_KEY', 'VITE_CLERK_PUBLISHABLE_KEY'),
      clerkApi: address(known(values['clerk-api'], 'CLERK_API_URL')) ?? CLERK_BACKEND_API,
      frontendApi: address(known(values['frontend-api'], 'CLERK_FRONTEND_API')),
      faunaEndpoint: address(known(values['fauna-endpoint'], 'FAUNA_ENDPOINT')),
      faunaKey: known(values['fauna-key'], 'FAUNA_KEY'),
      faunaDoctorKey: known(values['fauna-doctor-key'], 'FAUNA_DOCTOR_KEY'),
      database: known(values.database, 'BURROW_DATABASE') ?? names.database,
      template: known(values.template, 'BURROW_TEMPLATE') ?? 'fauna',
      lifetime: lifetimeOf(values.lifetime),
      claims: claimsOf(values.claim ?? []),
      roles: values.role ? rolesOf(values.role) : [...DEFAULT_ROLES],
      jwks: jwksOf(known(values.jwks, 'BURROW_JWKS')),
      connectionFile: resolve(surroundings.folder, values.connection ?? 'connection.json'),
      keyFile,
      signInAs: known(values['sign-in-as']),
    },
    flags: {
      dryRun: values['dry-run'],
      json: values.json,
      undo: values.undo,
      deleteData: values['delete-data'],
      yes: values.yes,
      help: values.help,
    },
  };
};

const parse = (args: string[]) => parseArgs({ args, options, allowPositionals: false }).values;
