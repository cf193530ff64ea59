import { type ClerkResources, clerkResources } from '../../shared/identity/account.ts';
import type { SecretFile } from './secret-file.ts';

/** clerk-js's snapshots from the last time it was online, so that it starts signed in without a network. */
export const readCachedResources = async (file: SecretFile): Promise<ClerkResources | null> => {
  const text = await file.read();
  if (text === null) return null;
  try {
    return clerkResources.parse(JSON.parse(text));
  } catch {
    await file.clear();
    return null;
  }
};

export const writeCachedResources = (file: SecretFile, resources: ClerkResources): Promise<void> =>
  file.write(JSON.stringify(resources));
