import { defineConfig } from 'vitest/config'

/** Files that replace modules for themselves (vi.mock) or count what the whole process did: each in a process of its own. */
export const ALONE = [
  'tests/cluster/persistently.test.ts',
  'tests/persist/mapping/backend/hosted-backend.test.ts',
  'tests/persist/objects/another-process.test.ts',
  'tests/run/crew/compiler-budget.test.ts',
  'tests/sim/memory.test.ts',
  'tests/studio/page/engine/rates.test.ts',
]

export default defineConfig({
  test: {
    reporters: ['default', './tests/slowest.ts'],
    globalSetup: ['tests/build.setup.ts'],
    // The command line starts a process each time, and ends with the jobs: minutes on a machine at work.
    testTimeout: 180_000,
    // Starting and stopping a server takes its time on a machine at work.
    hookTimeout: 120_000,
    // Vitest would leave one of two cores idle.
    maxWorkers: 2,
    projects: [
      // Loading the program again for each of 140 files would be a fifth of the whole time.
      { extends: true, test: { name: 'together', isolate: false, include: ['tests/**/*.test.ts'], exclude: ALONE } },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
})
