/** Burrow's parts as the app ships them; the peers run as they are installed. */
import { join } from 'node:path';
import { bundle, faunaWorker } from '../fauna/bundle.ts';
import { type BenchProcess, startProcess } from './process.ts';

const here = (name: string): string => join(import.meta.dirname, `${name}.ts`);
const root = join(import.meta.dirname, '..', '..');

export interface Shipped {
  folder: string;
  start(part: 'burrow-device' | 'fauna-server' | 'local'): BenchProcess;
}

export async function ship(): Promise<Shipped> {
  const folder = await bundle({
    ...{ 'burrow-device': here('burrow-device'), 'fauna-server': here('fauna-server'), local: here('local') },
    'search-worker': join(root, 'src/main/notes/search/worker.ts'),
    'fauna-worker': faunaWorker,
  });
  return { folder, start: (part) => startProcess(join(folder, `${part}.cjs`)) };
}
