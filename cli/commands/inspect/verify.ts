import type { CAC } from 'cac'
import { mappedDatabase, readsReference } from '../../mapping.ts'
import { configFile, databaseOptions, databaseUrl, type Flags, runChoice, runOption } from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'

export function registerVerify(cli: CAC): void {
  const command = cli.command(
    'verify',
    "Compare a run's rows with the digests that were recorded when they were written",
  )
  runOption(command, 'The run (default: the only one in the database)')
  databaseOptions(command)
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  command.example('  $ mingle verify --run-seed demo-2024 --database-url file:./mingle.db')
  command.action(verify)
}

/** Exit code 1 when a row differs, or files of nobody lie among a run's. */
async function verify(flags: Flags): Promise<number> {
  const choice = runChoice(flags)
  const { openStore } = await import('../../../persist/index.ts')
  const { chooseRun } = await import('../../../run/index.ts')
  const database = await mappedDatabase(databaseUrl(flags), configFile(flags))
  const { url, ...mapped } = database
  const store = await openStore(url, { create: false, ...mapped })
  try {
    const run = await chooseRun(store, choice, () => true, 'run')
    const { days, rows, difference, foreignRows, strayFiles, unenteredFiles } = await readsReference(database, () =>
      store.verify(run.id),
    )
    if (flags.json === true) {
      console.log(JSON.stringify({ seed: run.seed, days, rows, difference, foreignRows, strayFiles, unenteredFiles }))
    } else if (difference === null) {
      console.log(
        run.status === 'profiles' && run.profilesThrough === 0
          ? `run '${run.seed}' is not finished, and the ledger has no rows of it yet, so nothing was compared: 'mingle resume' goes on with it, 'mingle plan finish' enters what its tasks wrote`
          : `run '${run.seed}' is as it was written: ${rows} rows in ${days} steps`,
      )
      const foreign = Object.entries(foreignRows).filter(([, count]) => count > 0)
      if (foreign.length > 0) printTable(['table', 'rows of others'], foreign)
    } else {
      const { day, table, expectedRows, foundRows, damaged } = difference
      const when = day === null ? 'somewhere in the run' : `first in ${day < 0 ? 'the people' : `day ${day}`}`
      const rowsOf =
        expectedRows === foundRows ? 'a row was changed' : `${expectedRows} rows expected, ${foundRows} found`
      const what = damaged ? `${damaged.file} cannot be read (${damaged.reason.replaceAll(/\s+/g, ' ')})` : rowsOf
      console.log(`run '${run.seed}' differs, ${when}, table ${table}: ${what}`)
    }
    if (flags.json !== true) {
      for (const line of [...aboutUnentered(unenteredFiles ?? []), ...aboutStrays(strayFiles ?? [])]) console.log(line)
    }
    return difference === null && (strayFiles ?? []).length === 0 ? 0 : 1
  } finally {
    await store.close()
  }
}

function aboutUnentered(files: readonly string[]): string[] {
  if (files.length === 0) return []
  const what = files.length === 1 ? '1 file belongs' : `${files.length} files belong`
  return [`${what} to runs that are not finished, and the ledger does not list them yet: leave them where they are`]
}

function aboutStrays(files: readonly string[]): string[] {
  if (files.length === 0) return []
  const what = files.length === 1 ? '1 file is' : `${files.length} files are`
  return [
    `${what} no run's, and whoever reads the folders as a whole would take them for rows; remove them (what a run that was cut off left goes by 'mingle resume'):`,
    ...files.slice(0, 20).map((file) => `  ${file}`),
    ...(files.length > 20 ? [`  and ${files.length - 20} more`] : []),
  ]
}
