import type { CAC } from 'cac'
import { MingleError } from '../../../sim/kernel/index.ts'
import { untilInterrupted } from '../../interrupt.ts'
import { typed } from '../../options/arguments.ts'
import { configFile, databaseUrl, type Flags } from '../../options/flags.ts'
import { wholeNumber } from '../../options/values.ts'

export function registerStudio(cli: CAC): void {
  const command = cli.command('studio', 'Open a page that simulates while you move the parameters')
  command.option('--port <n>', 'Port on 127.0.0.1 (default: any that is free)')
  command.option('--no-open', 'Print the address, and open no browser')
  command.option('--database-url <url>', 'Also show the runs of this database')
  command.option('--config <file>', 'Mapping onto your own schema (default: mingle.config.ts here, if any; off: none)')
  command.option('--experiments <folder>', 'Also show the results of experiments in this folder')
  command.example('  $ mingle studio')
  command.example('  $ mingle studio --port 4600 --no-open')
  command.example('  $ mingle studio --database-url file:./mingle.db')
  command.action(studio)
}

async function studio(flags: Flags): Promise<number> {
  const text = typed(flags.port, '--port')
  const port = text === undefined ? 0 : wholeNumber(text, '--port', 0, 65_535)
  const folder = typed(flags.experiments, '--experiments')
  if (flags.config !== undefined && flags.databaseUrl === undefined) {
    throw new MingleError(
      'BAD_INPUT',
      '--config is how the runs of a database are read; name it with --database-url, or leave it out',
    )
  }
  const { experimentsBelow, openBrowser, startStudio, studioApi } = await import('../../../studio/index.ts')
  const experiments = folder === undefined ? undefined : experimentsBelow(folder)
  // Only a database that was named: the studio needs none.
  const store = flags.databaseUrl === undefined ? undefined : await readStore(flags)
  try {
    const { ledgerOf } = await import('../../ledger.ts')
    const api = studioApi({ ...(store && { ledger: ledgerOf(store) }), ...(experiments && { experiments }) })
    const studio = await startStudio({ port, api, ...((store || experiments) && { link: 'view=runs' }) })
    try {
      console.log(`The studio is at ${studio.address}`)
      console.log('It simulates in the page; Ctrl-C ends it.')
      if (flags.open !== false) openBrowser(studio.address)
      await untilInterrupted()
      return 0
    } finally {
      await studio.close()
    }
  } finally {
    await store?.close()
  }
}

async function readStore(flags: Flags) {
  const { openStore } = await import('../../../persist/index.ts')
  const { mappedDatabase } = await import('../../mapping.ts')
  const { url, ...mapped } = await mappedDatabase(databaseUrl(flags), configFile(flags))
  return openStore(url, { create: false, ...mapped })
}
