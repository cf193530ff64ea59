/** Fauna's server and its worker as the app ships them: bundled into one CommonJS file each, no types to strip. */
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..');

/** The folder with `fauna-server.cjs` and `fauna-worker.cjs`. */
export async function bundle(): Promise<string> {
  const outDir = join(tmpdir(), `burrow-bench-bundle-${process.pid}`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: true,
      minify: true,
      rolldownOptions: {
        input: {
          'fauna-server': join(import.meta.dirname, 'fauna-server.ts'),
          'fauna-worker': join(root, 'src/embedded/fauna/engine/workers/worker.ts'),
        },
        external: [...builtinModules, /^node:/],
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
    ssr: { noExternal: true },
  });
  return outDir;
}
