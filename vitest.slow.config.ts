import { defineConfig } from 'vitest/config'

/** Every database under every mapping, and what takes many processes: some minutes, so not part of `npm test`. */
export default defineConfig({
  test: {
    reporters: ['default', './tests/slowest.ts'],
    include: ['tests/**/*.slow.ts'],
    globalSetup: ['tests/build.setup.ts'],
    // The command line starts a process each time, and ends with the jobs: minutes on a machine at work.
    // Processes killed and servers stopped at random moments meet the bad moments of a machine: once more, and said so.
    retry: 1,
    testTimeout: 180_000,
    // Starting and stopping a server takes its time on a machine at work.
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
})
