import type { CAC } from 'cac'
import type { Finished, Plan } from '../../../cluster/index.ts'
import { quoted } from '../../../run/advice/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { outputHere, placeOption, tasksUrl } from '../../cluster/options.ts'
import { typed } from '../../options/arguments.ts'
import { runSettings } from '../../options/configured.ts'
import { withOwnContent } from '../../options/content.ts'
import {
  databaseOptions,
  days,
  daysOption,
  type Flags,
  newRunOptions,
  partition,
  runSeed,
  scenarioName,
  seedOption,
  settingOptions,
} from '../../options/flags.ts'

export function registerPlan(cli: CAC): void {
  const run = cli.command('plan run', 'Make the tasks of a run, for any number of machines')
  seedOption(run, 'Name of the run: the same seed gives the same rows (default: drawn and printed)')
  settingOptions(run)
  daysOption(run, 'Days to simulate (default: 30)')
  newRunOptions(databaseOptions(run))
  run.option('--out <folder>', 'Where the plan is kept, a folder that all machines see')
  run.option('--extension <file>', 'off leaves out the one that mingle.config.ts names; tasks know none')
  run.option('--allow-production', 'Write even where this looks like production')
  run.option('--json', 'Print one JSON object on stdout, and nothing else there')
  run.example(
    '  $ mingle plan run --run-seed demo-2024 --count 100000 --days 30 --database-url parquet:./out --out plan/',
  )
  run.example('  $ mingle task run plan/ --part 0 --parts 2 & mingle task run plan/ --part 1 --parts 2; wait')
  run.action(planRun)

  const finish = cli.command('plan finish <folder>', 'Judge whether all tasks of a plan are done, and write its ledger')
  placeOption(finish)
  finish.option('--allow-production', 'Write even where this looks like production')
  finish.option('--json', 'Print one JSON object on stdout, and nothing else there')
  finish.example('  $ mingle plan finish plan/ --json')
  finish.action(planFinish)
}

async function planRun(flags: Flags): Promise<number> {
  const out = typed(flags.out, '--out')
  if (out === undefined) {
    throw new MingleError(
      'BAD_INPUT',
      'plan run needs --out <folder>, where the plan is kept: mingle plan run … --out plan/',
    )
  }
  const given = runSeed(flags)
  const length = days(flags)
  const { makePlan, openObjects, outputOf, reached } = await import('../../../cluster/index.ts')
  const { configFromSettings, drawSeed, scenarioNamed } = await import('../../../run/index.ts')
  const scenario = scenarioName(flags)
  const planned = (flags.days === undefined && scenario !== undefined && scenarioNamed(scenario).days) || length
  const url = await tasksUrl(flags)
  const config = configFromSettings(await withOwnContent(flags, await runSettings(flags, given ?? drawSeed())))
  const output = outputOf(url)
  const { ProgressView } = await import('../../reports/progress.ts')
  const { Interrupt } = await import('../../interrupt.ts')
  const view = new ProgressView()
  const interrupt = new Interrupt(() => view.say('Stopping after the current commit; Ctrl-C again ends at once.'))
  const control = await openObjects(out)
  try {
    const made = await makePlan(config, planned, output, control, {
      where: reached(output, url),
      allowProduction: flags.allowProduction === true,
      intoExisting: flags.intoExisting === true,
      partition: partition(flags),
      signal: interrupt.signal,
      onProgress: view.show,
    })
    view.stop()
    await printPlan(made, out, flags.json === true)
    return 0
  } finally {
    view.stop()
    interrupt.release()
    await control.close()
  }
}

async function printPlan(plan: Plan, folder: string, json: boolean): Promise<void> {
  const { urlOf } = await import('../../../cluster/index.ts')
  const place = await shown(folder)
  const { config, days: length, groups, output } = plan
  const where = urlOf(output)
  if (json) {
    console.log(
      JSON.stringify({ seed: config.seed, people: config.count, days: length, tasks: groups.length, output: where }),
    )
    return
  }
  const market = config.market === undefined ? '' : ` (markets: ${config.market})`
  console.log(`run seed  ${config.seed}`)
  console.log(`${config.count} people, ${length} days, in ${groups.length} tasks a pass${market}, into ${where}`)
  console.log(`Carry them out, part 0 to n - 1 on as many machines:  mingle task run ${place} --part 0 --parts n`)
  console.log(`Then:  mingle plan finish ${place}`)
}

/** A plan's place as a shell takes it, without its password. */
async function shown(place: string): Promise<string> {
  const { isPostgres, withoutPassword } = await import('../../../persist/index.ts')
  return quoted(isPostgres(place) ? withoutPassword(place) : place)
}

/** Exit code 1 when tasks are missing. */
async function planFinish(folder: string, flags: Flags): Promise<number> {
  const { finishPlan, openObjects, planAt } = await import('../../../cluster/index.ts')
  const { ProgressView } = await import('../../reports/progress.ts')
  const view = new ProgressView()
  const control = await openObjects(folder)
  try {
    const made = await planAt(control)
    const where = await outputHere(flags, made, folder)
    const allowProduction = flags.allowProduction === true
    const finished = await finishPlan(made, control, { where, allowProduction, onProgress: view.show })
    view.stop()
    if (flags.json === true) {
      const { digest, rows, missing } = finished
      console.log(JSON.stringify({ seed: made.config.seed, digest, rows, missing }))
    } else await printFinished(made, finished, folder)
    return finished.missing.length === 0 ? 0 : 1
  } finally {
    view.stop()
    await control.close()
  }
}

async function printFinished(
  { config, days: length, groups }: Plan,
  finished: Finished,
  folder: string,
): Promise<void> {
  const { printTable } = await import('../../reports/table.ts')
  const { digest, rows, missing } = finished
  if (missing.length > 0) {
    const { pass } = missing[0]!
    console.log(`pass ${pass}: ${missing.length} of ${groups.length} tasks are missing, so nothing was finished`)
    printTable(
      ['group', 'task'],
      missing.slice(0, 20).map(({ group, task }) => [group, task]),
    )
    console.log(`Carry them out: mingle task run ${await shown(folder)} --part 0 --parts 1`)
    return
  }
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
  printTable(['table', 'rows'], [...Object.entries(rows), ['all', total]])
  console.log('')
  console.log(`${config.count} people, ${length} days`)
  console.log(`run seed  ${config.seed}`)
  console.log(`digest    ${digest}`)
}
