import { defineConfig } from 'vitest/config'

/** The full fault suite: real processes, killed and starved for some minutes (`npm run test:faults`). */
export default defineConfig({
  test: {
    reporters: ['default', './tests/slowest.ts'],
    include: ['tests/persist/faults/*.faults.ts'],
    globalSetup: ['tests/build.setup.ts'],
    // Processes killed and servers stopped at random moments meet the bad moments of a machine: once more, and said so.
    retry: 1,
    testTimeout: 480_000,
    hookTimeout: 120_000,
    // A good part of it is waiting: for locks, for servers, for a process to get somewhere.
    maxWorkers: 3,
  },
})
