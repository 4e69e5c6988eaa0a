import type { CAC } from 'cac'
import { MingleError } from '../../sim/kernel/index.ts'
import {
  configFile,
  databaseOptions,
  databaseUrl,
  type Flags,
  runChoice,
  runOption,
  snapshotDirectory,
} from '../flags.ts'
import { mappedDatabase, readsReference } from '../mapping.ts'
import { snapshotFolderOf } from '../snapshots.ts'

export function registerReset(cli: CAC): void {
  const command = cli.command('reset', "Remove a run's rows from the database")
  runOption(command, 'The run (needed: nothing is removed by default)')
  command.option('--activity', 'Remove its days and keep its people')
  command.option('--allow-production', 'Write even where this looks like production')
  command.option('--snapshot-dir <folder>', 'Where its states lie, to remove them too (default: beside an SQLite file)')
  databaseOptions(command)
  command.example('  $ mingle reset --run-seed demo-2024 --database-url file:./mingle.db')
  command.example('  $ mingle reset --run-seed demo-2024 --activity')
  command.action(reset)
}

async function reset(flags: Flags): Promise<number> {
  const choice = runChoice(flags)
  if (choice === undefined) {
    throw new MingleError('BAD_INPUT', "reset needs --run-seed or --run; 'mingle runs' lists the runs of a database")
  }
  const { openStore, refuseProduction } = await import('../../persist/index.ts')
  const { chooseRun, forgetSnapshots } = await import('../../run/index.ts')
  const database = await mappedDatabase(databaseUrl(flags), configFile(flags))
  const { url, ...mapped } = database
  const snapshots = snapshotFolderOf(url, snapshotDirectory(flags))
  const allowProduction = flags.allowProduction === true
  refuseProduction(url, allowProduction)
  const store = await openStore(url, { create: false, allowProduction, ...mapped })
  try {
    const run = await chooseRun(store, choice, () => true, 'run')
    const activity = flags.activity === true
    await readsReference(database, () => store.reset(run.id, activity ? 'activity' : 'all'))
    if (snapshots !== undefined) await forgetSnapshots(snapshots, store.url, run.seed, console.error)
    console.log(activity ? `removed the days of run '${run.seed}'; its people stay` : `removed run '${run.seed}'`)
    return 0
  } finally {
    await store.close()
  }
}
