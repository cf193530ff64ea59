import { defineConfig } from 'vite';

/** A sandboxed preload may require nothing but Electron: one CommonJS file, shared with no other build. */
export default defineConfig({
  build: {
    ssr: 'src/preload/index.ts',
    target: 'node24',
    outDir: 'dist/preload',
    emptyOutDir: true,
    minify: true,
    rolldownOptions: {
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: 'index.cjs' },
    },
  },
  ssr: { noExternal: true },
});
