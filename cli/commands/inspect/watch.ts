import type { CAC } from 'cac'
import { Interrupt } from '../../interrupt.ts'
import { typed } from '../../options/arguments.ts'
import { databaseOptions, type Flags, runSeed, seedOption } from '../../options/flags.ts'
import { wholeNumber } from '../../options/values.ts'

export function registerWatch(cli: CAC): void {
  const command = cli.command('watch', 'Show a run while another process writes it')
  seedOption(command, 'The run (default: the one that is not finished)')
  databaseOptions(command)
  command.option('--extension <file>', "The run's extension (default: the file that its ledger names)")
  command.option('--port <n>', 'Port of the page on 127.0.0.1 (default: any that is free)')
  command.option('--no-open', 'Print the address of the page, and open no browser')
  command.example('  $ mingle watch --database-url file:./mingle.db')
  command.example('  $ mingle watch --run-seed demo-2024 --no-open')
  command.action(watch)
}

async function watch(flags: Flags): Promise<number> {
  const text = typed(flags.port, '--port')
  const port = text === undefined ? 0 : wholeNumber(text, '--port', 0, 65_535)
  const { chooseRun, isUnfinished } = await import('../../../run/index.ts')
  const { followerOf, openBrowser, startStudio, studioApi, TerminalView, WatchLog } = await import(
    '../../../studio/index.ts'
  )
  const { withLedger } = await import('../../ledger.ts')
  return withLedger(flags, async (ledger, store) => {
    const { seed } = await chooseRun(store, runSeed(flags), isUnfinished, 'run that is being written')
    const follow = await followerOf(ledger, seed)
    const log = new WatchLog()
    const studio = await startStudio({ port, api: studioApi({ ledger, watched: log }), link: 'view=runs' })
    const interrupt = new Interrupt(() => {})
    try {
      process.stderr.write(`Watch it at ${studio.address}\n`)
      if (flags.open !== false) openBrowser(studio.address)
      const view = new TerminalView(log)
      try {
        await follow(log, interrupt.signal)
      } finally {
        view.stop()
      }
      // A run may end before the browser that was opened has asked for the page.
      if (!interrupt.signal.aborted) await log.heard(flags.open === false ? 0 : 10_000)
      return interrupt.signal.aborted ? 130 : 0
    } finally {
      interrupt.release()
      await studio.close()
    }
  })
}
