import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The window's page, served by main from `burrow://app/`. Clerk and its interface stay in chunks of their own. */
export default defineConfig({
  root: here('./src/renderer'),
  base: '/',
  plugins: [react()],
  // `process` does not exist in a sandboxed page; Clerk's interface asks for this one value.
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  build: {
    outDir: here('./dist/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    manifest: true,
    sourcemap: false,
    // A data: URL would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
});
