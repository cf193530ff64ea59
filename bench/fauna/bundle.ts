/** What is measured, as the app ships it: bundled into one CommonJS file each, no types to strip. */
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import shipped from '../../vite.main.config.ts';

const root = join(import.meta.dirname, '..', '..');

export const faunaWorker = join(root, 'src/embedded/fauna/engine/workers/worker.ts');

const fauna = { 'fauna-server': join(import.meta.dirname, 'fauna-server.ts'), 'fauna-worker': faunaWorker };

/** The folder with a file `NAME.cjs` for each of these; left out: `fauna-server.cjs` and `fauna-worker.cjs`. */
export async function bundle(input: Record<string, string> = fauna): Promise<string> {
  const outDir = join(tmpdir(), `burrow-bench-bundle-${process.pid}`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ...(shipped.resolve ? { resolve: shipped.resolve } : {}),
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: true,
      minify: true,
      rolldownOptions: {
        input,
        external: [...builtinModules, /^node:/],
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
    ssr: { noExternal: true },
  });
  return outDir;
}
