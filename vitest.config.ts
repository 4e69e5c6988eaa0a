import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/build.setup.ts'],
    testTimeout: 60_000,
    // Vitest would leave one of two cores idle.
    maxWorkers: 2,
  },
})
