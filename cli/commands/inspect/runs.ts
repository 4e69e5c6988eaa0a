import type { CAC } from 'cac'
import { ledgersDatabase } from '../../mapping.ts'
import { configFile, databaseOptions, databaseUrl, type Flags } from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'

export function registerRuns(cli: CAC): void {
  const command = cli.command('runs', 'List the runs of a database')
  databaseOptions(command)
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  command.example('  $ mingle runs --database-url file:./mingle.db')
  command.action(runs)
}

async function runs(flags: Flags): Promise<number> {
  const { openStore } = await import('../../../persist/index.ts')
  const { summaryOf } = await import('../../../run/index.ts')
  const { url, ...mapped } = await ledgersDatabase(databaseUrl(flags), configFile(flags))
  const store = await openStore(url, { create: false, ...mapped })
  try {
    const found = (await store.listRuns()).map(summaryOf)
    if (flags.json === true) console.log(JSON.stringify({ runs: found }))
    else if (found.length === 0) console.log(`no runs in ${store.url}`)
    else {
      printTable(
        ['id', 'run seed', 'people', 'start', 'days', 'standing', 'digest'],
        found.map((run) => [run.id, run.seed, run.people, run.startDate, run.days, run.standing, run.digest ?? '']),
      )
    }
    return 0
  } finally {
    await store.close()
  }
}
