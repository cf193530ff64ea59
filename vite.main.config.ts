import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { defineConfig } from 'vite';

/**
 * Everything that runs in Node inside the app: main, the embedded services' process and the worker threads.
 * Each becomes one CommonJS file with its libraries inside, so that the app starts with few reads and ships no node_modules.
 */
export default defineConfig({
  resolve: {
    // A matter of speed alone: what is not bundled (tests, tools) has lib0's own.
    alias: { 'lib0/webcrypto': join(import.meta.dirname, 'src/main/notes/documents/random-pool.ts') },
  },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist',
    emptyOutDir: false,
    minify: true,
    sourcemap: false,
    rolldownOptions: {
      input: {
        'main/index': 'src/main/index.ts',
        'main/search-worker': 'src/main/notes/search/worker.ts',
        'embedded/process': 'src/embedded/process.ts',
        'setup/command': 'src/setup/command.ts',
        'embedded/fauna-worker': 'src/embedded/fauna/engine/workers/worker.ts',
      },
      external: ['electron', ...builtinModules, /^node:/],
      output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'shared/[name]-[hash].cjs' },
    },
  },
  ssr: { noExternal: true },
});
