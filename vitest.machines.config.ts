import { defineConfig } from 'vitest/config'

/** Runs over many processes and a real queue, which are killed, put to sleep and emptied (`npm run test:machines`). */
export default defineConfig({
  test: {
    reporters: ['default', './tests/slowest.ts'],
    include: ['tests/cluster/machines/*.machines.ts'],
    globalSetup: ['tests/build.setup.ts'],
    // A minute or two each on a quiet machine; what hangs, hangs for longer.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    // Most of it is waiting: for locks, for servers, for a process to get somewhere.
    maxWorkers: 3,
  },
})
