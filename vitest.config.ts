import { defineConfig } from 'vitest/config'

/** `unit` is what `npm test` runs; `slow` starts real processes and a browser. */
export default defineConfig({
  test: {
    // Two cores are enough for two files at once; alone they take half as long again.
    maxWorkers: 2,
    // The commands that a test starts begin as the scripts of package.json begin them.
    env: {
      NODE_OPTIONS: `--import=${new URL('scripts/quick-imports.mjs', import.meta.url).href}`,
      NODE_COMPILE_CACHE: 'node_modules/.cache/compile',
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/faults/**', 'tests/runtimes/**'],
          // Some start a command of ours, which takes many seconds on a busy machine; nothing here is measured by time.
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'slow',
          include: ['tests/e2e/**/*.test.ts', 'tests/faults/**/*.test.ts', 'tests/runtimes/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
