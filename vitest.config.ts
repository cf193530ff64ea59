import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // node:sqlite still announces itself as experimental; the warning would drown what matters.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // Waiting for a state, not measuring: a busy machine must not fail a test.
    expect: { poll: { timeout: 20_000, interval: 50 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/package/**'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/package/**/*.test.ts'],
          // After the unit tests: these start whole apps and should have the machine to themselves.
          sequence: { groupOrder: 1 },
          testTimeout: 90_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // Whole apps on a busy machine: a test that passes only the second time is reported as flaky, not hidden.
          retry: 1,
        },
      },
    ],
  },
});
