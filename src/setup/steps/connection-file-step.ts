import { readFileSync, rmSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import type { Difference, Step } from '../../main/fauna/schema/step.ts';
import { type ConnectionFile, connectionFile } from '../../shared/connection/configuration.ts';

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
};

const flat = (file: ConnectionFile): Record<string, string> => ({
  'clerk.publishableKey': file.clerk.publishableKey,
  'clerk.frontendApi': file.clerk.frontendApi ?? '',
  'clerk.template': file.clerk.template,
  'fauna.endpoint': file.fauna.endpoint,
});

/** The file that points the app at these servers. It holds no secret. */
export const connectionFileStep = (path: string, wanted: ConnectionFile): Step => ({
  id: 'connection-file',
  what: `connection file ${path}`,
  look: async () => {
    const found = readJson(path);
    if (found === null) return { state: 'missing' };
    const read = connectionFile.safeParse(found);
    if (!read.success)
      return { state: 'differs', differences: [{ field: 'file', is: 'not a connection file', wanted: 'one' }] };
    const is = flat(read.data);
    const differences: Difference[] = Object.entries(flat(wanted))
      .filter(([field, value]) => is[field] !== value)
      .map(([field, value]) => ({ field, is: is[field], wanted: value }));
    return differences.length === 0 ? { state: 'in-place' } : { state: 'differs', differences };
  },
  apply: () => writeFileAtomic(path, `${JSON.stringify(wanted, null, 2)}\n`),
  undo: {
    losesData: false,
    run: async () => {
      const found = connectionFile.safeParse(readJson(path));
      // A file that points elsewhere is not this set-up's.
      if (!found.success || JSON.stringify(flat(found.data)) !== JSON.stringify(flat(wanted))) return false;
      rmSync(path);
      return true;
    },
  },
});
