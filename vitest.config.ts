import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    reporters: ['default', './tests/slowest.ts'],
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/build.setup.ts'],
    // The command line starts a process each time, and ends with the jobs: minutes on a machine at work.
    testTimeout: 180_000,
    // Starting and stopping a server takes its time on a machine at work.
    hookTimeout: 120_000,
    // Vitest would leave one of two cores idle.
    maxWorkers: 2,
  },
})
