#!/usr/bin/env node
// `generator mingle { provider = "mingle" }`: Prisma carries out this command, without arguments.
if (process.env.PRISMA_GENERATOR_INVOCATION === 'true' && process.argv.length === 2) {
  const { serveGenerator } = await import('../persist/index.ts')
  await serveGenerator()
} else {
  const { main } = await import('./main.ts')
  process.exitCode = await main(process.argv)
}
