import type { CAC } from 'cac'
import type { Removal, RunStore } from '../../../persist/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { mappedDatabase, readsReference } from '../../mapping.ts'
import { refuseBeside } from '../../options/beside.ts'
import { confirmed } from '../../options/confirm.ts'
import {
  configFile,
  databaseOptions,
  databaseUrl,
  type Flags,
  runChoice,
  runOption,
  snapshotDirectory,
} from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'
import { snapshotFolderOf } from '../../snapshots.ts'

const WHAT = ['all', 'activity', 'derived'] as const
type What = (typeof WHAT)[number]

export function registerReset(cli: CAC): void {
  const command = cli.command(
    'reset [what]',
    'Remove what a run wrote (all, or its activity), or what jobs computed (derived)',
  )
  runOption(command, 'The run (default: the only one in the database; derived data needs none)')
  command.option('--activity', 'The same as: reset activity')
  command.option('--with-dependents', 'Remove rows of others too that hang on rows of the run')
  command.option('--dry-run', 'Show what would go, and remove nothing')
  command.option('--yes', 'Do not ask')
  command.option('--allow-production', 'Write even where this looks like production')
  command.option('--snapshot-dir <folder>', 'Where its states lie, to remove them too (default: beside an SQLite file)')
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  databaseOptions(command)
  command.example('  $ mingle reset all --run-seed demo-2024 --yes')
  command.example('  $ mingle reset activity --run-seed demo-2024 --yes     # keeps its people')
  command.example('  $ mingle reset derived --dry-run')
  command.action(reset)
}

async function reset(word: string | undefined, flags: Flags): Promise<number> {
  const what = chosen(word, flags)
  const choice = runChoice(flags)
  if (word === undefined && choice === undefined) {
    throw new MingleError(
      'BAD_INPUT',
      "reset needs --run-seed or --run ('mingle runs' lists the runs of a database), or what to remove: " +
        'mingle reset all, mingle reset activity, mingle reset derived',
    )
  }
  if (flags.dryRun === true) refuseBeside(flags, '--dry-run', 'removes nothing', ['yes', 'snapshotDir'])
  const ofRuns = choice ?? flags.snapshotDir ?? flags.withDependents
  if (what === 'derived' && ofRuns !== undefined) {
    const named = '--run-seed, --run, --snapshot-dir and --with-dependents'
    throw new MingleError('BAD_INPUT', `derived data belongs to no run, and nothing hangs on it; leave ${named} out`)
  }
  const { openStore, refuseProduction, takesTasks } = await import('../../../persist/index.ts')
  const database = await mappedDatabase(databaseUrl(flags), configFile(flags))
  const { url, ...mapped } = database
  if (database.mapping && flags.withDependents === true) {
    throw new MingleError(
      'BAD_INPUT',
      "under a mapping the schema's own foreign keys say what goes with the run's rows; leave --with-dependents out",
    )
  }
  const allowProduction = flags.allowProduction === true
  refuseProduction(url, allowProduction)
  const store = await openStore(url, { create: false, allowProduction, ...mapped })
  // Scripts of before there was anything to ask name the run, and nothing else.
  const asks = word !== undefined || process.stdin.isTTY === true
  try {
    if (what === 'derived') return await resetDerived(store, flags, asks)
    const { chooseRun, forgetSnapshots } = await import('../../../run/index.ts')
    const { id, seed } = await chooseRun(store, choice, () => true, 'run')
    const ofTasks = !database.mapping && takesTasks(url)
    if (what === 'activity' && ofTasks) await refuseUnfinished(url, seed)
    const removal = await readsReference(database, () => store.removal(id, what))
    let stale: Readonly<Record<string, number>> = {}
    const removed = await carryOut({ what, seed, ...removal }, flags, asks, async () => {
      const tasks = ofTasks ? await import('../../../cluster/index.ts') : undefined
      // Before the first file goes: whoever waits for it reads them then.
      await tasks?.forgetSuccess(url, seed)
      const lookups = await store.reset(id, what)
      if (what === 'all') await tasks?.forgetPlan(url, seed)
      const snapshots = snapshotFolderOf(url, snapshotDirectory(flags))
      if (snapshots !== undefined) await forgetSnapshots(snapshots, store.url, seed, console.error)
      stale = await derivedLeft(store)
      return { lookups, stale }
    })
    if (!removed || flags.json === true) return 0
    console.log(what === 'activity' ? `removed the days of run '${seed}'; its people stay` : `removed run '${seed}'`)
    const tables = Object.keys(stale)
    if (tables.length > 0) {
      const anew = (await hasRuns(store)) ? "'mingle jobs' computes it anew, " : ''
      console.log(
        `what jobs had computed before is still in ${tables.join(', ')}: ${anew}'mingle reset derived' removes it`,
      )
    }
    return 0
  } finally {
    await store.close()
  }
}

/** Tasks number its days before they write its people, and enter neither before all are done. */
async function refuseUnfinished(url: string, seed: string): Promise<void> {
  const { hasPlan } = await import('../../../cluster/index.ts')
  if (!(await hasPlan(url, seed))) return
  throw new MingleError(
    'BAD_INPUT',
    `run '${seed}' is carried out by tasks, which are not finished: it has no days yet that could go by themselves. Finish it first ` +
      "('mingle resume', or 'mingle plan finish'), or remove it: mingle reset all",
  )
}

/** What jobs computed with a run that is gone; none where that cannot be told: the run went, whatever comes of the question. */
async function derivedLeft(store: RunStore): Promise<Readonly<Record<string, number>>> {
  return store.derived('jobs').catch(() => ({}))
}

/** Whether jobs have anything to compute from. */
async function hasRuns(store: RunStore): Promise<boolean> {
  return store.listRuns().then(
    (runs) => runs.length > 0,
    () => false,
  )
}

async function resetDerived(store: RunStore, flags: Flags, asks: boolean): Promise<number> {
  const derived = await store.derived('jobs')
  const others = await store.derived('others')
  const removal = { what: 'derived', rows: {}, derived, dependents: {}, others } as const
  const removed = await carryOut(removal, flags, asks, async () => {
    await store.resetDerived()
    return { lookups: {} }
  })
  if (!removed || flags.json === true) return 0
  const left = Object.entries(others).map(([table, rows]) => `${rows} of ${table}`)
  const stays = left.length > 0 ? `; rows of others stay: ${left.join(', ')}` : ''
  const anew = (await hasRuns(store)) ? "; 'mingle jobs' computes it anew" : ''
  console.log(`removed what jobs had computed${stays}${anew}`)
  return 0
}

/** What would go, and the rows of others in the derived tables, which stay. */
type Told = Removal & {
  readonly what: What
  readonly seed?: string
  readonly others?: Readonly<Record<string, number>>
}

/** Shows what would go, asks, and has it go. @returns whether it went */
async function carryOut(
  removal: Told,
  flags: Flags,
  asks: boolean,
  remove: () => Promise<{ readonly lookups: Readonly<Record<string, number>>; readonly stale?: Removal['derived'] }>,
): Promise<boolean> {
  const { seed, dependents } = removal
  const dry = flags.dryRun === true
  const along = flags.withDependents === true
  if (flags.json !== true && (dry || asks)) show(removal, along)
  const hanging = Object.entries(dependents)
  if (hanging.length > 0 && !along && !dry) {
    const counted = hanging.map(([table, rows]) => `${rows} of ${table}`).join(', ')
    throw new MingleError(
      'BAD_INPUT',
      `rows that no run made hang on rows of run '${seed}': ${counted}. Nothing was removed; --with-dependents takes ` +
        'them along, or change them first',
    )
  }
  const goes = !dry && (!asks || flags.yes === true || (await confirmed('Remove this?')))
  const told = goes ? await remove() : { lookups: {} }
  if (flags.json === true) console.log(JSON.stringify({ ...removal, ...told, removed: goes }))
  else if (!goes && !dry) console.log('nothing was removed')
  return goes
}

/** @param along whether rows of others go too, which stop it otherwise */
function show({ what, seed, rows, files = {}, derived, dependents, others = {} }: Told, along: boolean): void {
  const hang = `of others, and what hangs on them${along ? '' : ': --with-dependents takes them along'}`
  const lines = [
    ...Object.entries(rows).map(([table, count]) => [table, count, '']),
    ...Object.entries(files).map(([table, count]) => [table, count, 'files, not in the ledger']),
    ...Object.entries(derived).map(([table, count]) => [table, count, 'derived']),
    ...Object.entries(dependents).map(([table, count]) => [table, count, hang]),
    ...Object.entries(others).map(([table, count]) => [table, count, 'of others, stay']),
  ]
  if (lines.length > 0) printTable(['table', 'rows', ''], lines)
  else if (what === 'all') console.log(`run '${seed}' has no rows; it goes from the ledger`)
  else console.log('there is nothing to remove')
}

function chosen(word: string | undefined, flags: Flags): What {
  if (word === undefined) return flags.activity === true ? 'activity' : 'all'
  const what = WHAT.find((known) => known === word)
  if (what === undefined)
    throw new MingleError('BAD_INPUT', `reset removes ${WHAT.slice(0, -1).join(', ')} or ${WHAT.at(-1)}, got '${word}'`)
  if (flags.activity === true && what !== 'activity')
    throw new MingleError('BAD_INPUT', `both ${what} and --activity were given; leave one of them out`)
  return what
}
