import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..');
const NAME = 'fauna-worker.cjs';

/**
 * Writes Fauna's thread (embedded/fauna/engine/workers/worker.ts) as one JavaScript file into the folder, and answers
 * its path; as in the app's own build, in some 0.3 s. From the sources each thread that starts would have its types
 * stripped by WebAssembly: V8 14 sometimes ends the process when threads that used it come and go
 * (`WasmImportWrapperCache::Free` under `Runtime_TierUpWasmToJSWrapper`), as they do when queries run out of time.
 */
export async function bundleFaunaWorker(folder: string): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      target: 'node24',
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: join(root, 'src/embedded/fauna/engine/workers/worker.ts'),
        external: [...builtinModules, /^node:/],
        output: { format: 'cjs', entryFileNames: NAME, codeSplitting: false },
      },
    },
    ssr: { noExternal: true },
  });
  return join(folder, NAME);
}
