#!/usr/bin/env node
// `generator mingle { provider = "mingle" }`: Prisma carries out this command, without arguments.
if (process.env.PRISMA_GENERATOR_INVOCATION === 'true' && process.argv.length === 2) {
  const { serveGenerator } = await import('../persist/index.ts')
  await serveGenerator()
} else {
  const { main } = await import('./main.ts')
  const { reportFailure } = await import('./failure.ts')
  const { goOnUnread } = await import('./unread.ts')
  goOnUnread(process.stdout)
  goOnUnread(process.stderr)
  // What nobody awaits is reported like anything else: without a password.
  process.on('uncaughtException', async (error) => {
    process.exit(await reportFailure(error, process.argv.includes('--debug')))
  })
  process.exitCode = await main(process.argv)
}
