import { defineConfig } from 'vitest/config'

/** Runs over many processes and a real queue, which are killed, put to sleep and emptied (`npm run test:machines`). */
export default defineConfig({
  test: {
    reporters: ['default', './tests/slowest.ts'],
    include: ['tests/cluster/machines/*.machines.ts'],
    globalSetup: ['tests/build.setup.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
})
