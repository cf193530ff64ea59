import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type ConnectionFile, connectionFile } from '../../shared/connection/configuration.ts';
import { EMBEDDED_CLERK_HOST, EMBEDDED_FAUNA_HOST } from '../../shared/connection/embedded-addresses.ts';
import { type Failure, failure } from '../../shared/failure.ts';
import { decodePublishableKey, encodePublishableKey } from '../../shared/identity/publishable-key.ts';

/** Everything the app needs to know to reach its two services. Decided here and nowhere else. */
export interface Connection {
  kind: 'embedded' | 'own-servers';
  publishableKey: string;
  /** Where main sends what clerk-js asks, without a slash at the end. */
  frontendApi: string;
  /** What `iss` must say in every token, without a slash at the end. */
  issuer: string;
  jwksUri: string;
  faunaEndpoint: string;
  template: string;
}

export type Decision = { connection: Connection; problem: null } | { connection: Connection; problem: Failure };

export const CONNECTION_FILE_NAME = 'connection.json';

const connectTo = (kind: Connection['kind'], host: string, file: ConnectionFile): Connection => {
  const issuer = `https://${host}`;
  const frontendApi = (file.clerk.frontendApi ?? issuer).replace(/\/+$/, '');
  return {
    kind,
    publishableKey: file.clerk.publishableKey,
    frontendApi,
    issuer,
    jwksUri: `${frontendApi}/.well-known/jwks.json`,
    faunaEndpoint: file.fauna.endpoint.replace(/\/+$/, ''),
    template: file.clerk.template,
  };
};

export const embeddedConnection = (): Connection =>
  connectTo('embedded', EMBEDDED_CLERK_HOST, {
    clerk: { publishableKey: encodePublishableKey({ kind: 'test', host: EMBEDDED_CLERK_HOST }), template: 'fauna' },
    fauna: { endpoint: `http://${EMBEDDED_FAUNA_HOST}` },
  });

const readIfThere = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const explain = (path: string, why: string): Failure =>
  failure(
    'connection-file-invalid',
    `The connection file cannot be used: ${why}.`,
    `Correct ${path}, or remove it to use the embedded stack; your notes are untouched.`,
  );

// A file that cannot be read must not quietly become the embedded stack: a team's notes would seem gone.
const unusable = (problem: Failure): Decision => ({
  connection: {
    kind: 'own-servers',
    publishableKey: '',
    frontendApi: '',
    issuer: '',
    jwksUri: '',
    faunaEndpoint: '',
    template: 'fauna',
  },
  problem,
});

/** What a connection file stands for. `from` names it in a problem's mend. */
export const readConnection = (from: string, json: unknown): Decision => {
  const file = connectionFile.safeParse(json);
  if (!file.success)
    return unusable(explain(from, z.prettifyError(file.error).replaceAll('✖ ', '').replace(/\s+/g, ' ')));
  const key = decodePublishableKey(file.data.clerk.publishableKey);
  if (!key.ok) return unusable(key.failure);
  return { connection: connectTo('own-servers', key.value.host, file.data), problem: null };
};

const parse = (path: string, text: string): Decision => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return unusable(explain(path, 'it is not valid JSON'));
  }
  return readConnection(path, json);
};

/**
 * The first connection file found decides; without one, the embedded stack.
 * `files`, in order: named by the developer, chosen by the person, baked into a team's release.
 */
export const decideConnection = (files: string[]): Decision => {
  for (const path of files) {
    let text: string | null;
    try {
      text = readIfThere(path);
    } catch (error) {
      return unusable(explain(path, `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`));
    }
    // Editors and shells of Windows put a byte order mark before the text.
    if (text !== null) return parse(path, text.replace(/^\uFEFF/, ''));
  }
  return { connection: embeddedConnection(), problem: null };
};

export const connectionFiles = (options: {
  userData: string;
  resources: string;
  named?: string | undefined;
}): string[] => [
  ...(options.named ? [options.named] : []),
  join(options.userData, CONNECTION_FILE_NAME),
  join(options.resources, CONNECTION_FILE_NAME),
];
