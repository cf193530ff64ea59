import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));

/** Bundles the page into `outDir`; its entry is `page.js`. */
export async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: here,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: true,
      minify: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 10_000,
      modulePreload: false,
      rolldownOptions: { input: join(here, 'page.js'), output: { entryFileNames: 'page.js' } },
    },
  });
}
