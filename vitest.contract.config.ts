import { defineConfig } from 'vitest/config';

/** `npm run test:contract`: every test of the app that speaks to Fauna, on the endpoint it is given. */
export default defineConfig({
  test: {
    name: 'contract',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    include: ['test/contract/**/*.test.ts', 'test/main/sync/**/*.test.ts'],
    testTimeout: 120_000,
    fileParallelism: false,
  },
});
