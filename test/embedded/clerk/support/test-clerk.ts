import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Clerk, type ClerkOptions, openClerk } from '../../../../src/embedded/clerk/index.ts';

export const SECRET_KEY = 'sk_test_0123456789abcdef';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-clerk-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface TestClerk extends Clerk {
  folder: string;
  /** Moves the clock of the instance. */
  advance(ms: number): void;
  /** The codes that were "sent", newest last. */
  codes: { to: string; code: string }[];
}

interface TestOptions extends Partial<ClerkOptions> {
  folder?: string;
  mailbox?: boolean;
}

/** A Clerk in a temporary folder, with a clock of its own; closed when the test is over. */
export async function testClerk({
  folder = temporaryFolder(),
  mailbox,
  ...options
}: TestOptions = {}): Promise<TestClerk> {
  let ahead = 0;
  const codes: { to: string; code: string }[] = [];
  const clerk = await openClerk({
    file: join(folder, 'clerk.db'),
    signingKeyFile: join(folder, 'signing-key.pem'),
    secretKey: SECRET_KEY,
    clock: () => Date.now() + ahead,
    ...(mailbox ? { emailCodes: { deliver: (to, code) => void codes.push({ to, code }) } } : {}),
    ...options,
  });
  let open = true;
  const close = () => {
    if (open) clerk.close();
    open = false;
  };
  onTestFinished(close);
  const advance = (ms: number) => {
    ahead += ms;
  };
  return { ...clerk, close, folder, codes, advance };
}
