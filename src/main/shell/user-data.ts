import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, type Outcome, succeed } from '../../shared/failure.ts';

/** Marks a folder as Burrow's and says how it is laid out. Raise the format with a migration only. */
const MARKER = 'burrow.json';
const FORMAT = 1;
const marker = z.object({ format: z.number().int().positive() });

/** What Chromium puts into a profile before we look: a folder with nothing else is still new. */
const chromiumNames =
  /^(Singleton.*|Crashpad|Cache.*|Code Cache|GPUCache|Dawn.*|Local State|Preferences|Local Storage|Session Storage|Network.*|Shared Dictionary|DIPS.*|Cookies.*|Trust Tokens.*|blob_storage|lockfile|DevToolsActivePort|chromium-profile|simulated-.*|connection\.json|logs)$/;

/**
 * Makes sure that `folder` is Burrow's own before anything is written into it: a new one is marked, a foreign or
 * damaged one is refused untouched. `chosen` folders (BURROW_USER_DATA) must be empty or ours.
 */
export const claimUserData = (folder: string): Outcome<void> => {
  const path = join(folder, MARKER);
  const elsewhere = 'Choose another folder, or start Burrow without BURROW_USER_DATA.';
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK);
  } catch {
    return fail(
      'user-data-unwritable',
      `Burrow cannot write to its folder ${folder}.`,
      'Check its permissions and that the disk is not full.',
    );
  }
  if (!existsSync(path)) {
    const foreign = readdirSync(folder).filter((name) => !chromiumNames.test(name));
    if (foreign.length > 0)
      return fail('user-data-foreign', `The folder ${folder} holds something that is not Burrow's.`, elsewhere);
    writeFileSync(path, `${JSON.stringify({ format: FORMAT })}\n`, { mode: 0o600 });
    return succeed(undefined);
  }
  let found: z.infer<typeof marker>;
  try {
    found = marker.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return fail(
      'user-data-corrupt',
      `The file ${path} is damaged, so Burrow does not know how this folder is laid out.`,
      `Restore it from a backup, or replace its content by {"format":${FORMAT}} if this folder is from this version. Nothing was changed.`,
    );
  }
  if (found.format > FORMAT)
    return fail(
      'user-data-newer',
      'This folder was last used by a newer Burrow.',
      'Update Burrow; nothing was changed.',
    );
  return succeed(undefined);
};
