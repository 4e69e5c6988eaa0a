import { defineConfig } from 'vitest/config'

/**
 * The studio in a real browser: `npm run test:studio`. Skipped, with a line, where there is no Chromium. What hangs on the
 * clock of a quiet machine stands apart: `npm run test:studio:speed`.
 */
export default defineConfig({
  test: {
    reporters: ['default', './tests/slowest.ts'],
    include: [process.env.STUDIO_SPEED === 'on' ? 'tests/studio/**/*.timing.ts' : 'tests/studio/**/*.page.ts'],
    globalSetup: ['tests/build.setup.ts'],
    // Processes killed and servers stopped at random moments meet the bad moments of a machine: once more, and said so.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // One browser at a time: some of the tests measure.
    fileParallelism: false,
  },
})
