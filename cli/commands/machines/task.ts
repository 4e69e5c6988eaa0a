import type { CAC } from 'cac'
import type { ShareProgress } from '../../../cluster/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { outputHere, placeOption } from '../../cluster/options.ts'
import { SCRATCH, scratchMegabytes } from '../../cluster/scratch.ts'
import { typed } from '../../options/arguments.ts'
import { refuseBeside } from '../../options/beside.ts'
import type { Flags } from '../../options/flags.ts'
import { wholeNumber } from '../../options/values.ts'

const MOST_PARTS = 1_000_000

export function registerTask(cli: CAC): void {
  const command = cli.command('task run <folder>', "Carry out a share of a plan's tasks, on this machine")
  command.option('--part <i>', 'Which share, from 0 (default: 0)')
  command.option('--parts <n>', 'How many shares there are (default: 1)')
  command.option('--pass <1|2>', 'One pass alone (default: whatever is open, waiting for pass 1 of the others)')
  command.option('--threads <n>', 'Tasks at once (default: 1)')
  command.option('--wait <seconds>', 'How long to wait for the others (default: without end)')
  command.option(
    '--patience <seconds>',
    'PostgreSQL: how long another that carries out the same task may say nothing before it is ended (default: 30)',
  )
  command.option('--scratch <MB>', SCRATCH)
  placeOption(command)
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  command.example('  $ mingle task run plan/ --part 0 --parts 4')
  command.example('  $ mingle task run plan/ --part $SLURM_ARRAY_TASK_ID --parts 100 --pass 1')
  command.action(task)
}

async function task(folder: string, flags: Flags): Promise<number> {
  const parts = wholeNumber(typed(flags.parts, '--parts') ?? '1', '--parts', 1, MOST_PARTS)
  const part = wholeNumber(typed(flags.part, '--part') ?? '0', '--part', 0, parts - 1)
  const given = typed(flags.pass, '--pass')
  const pass = given === undefined ? undefined : (wholeNumber(given, '--pass', 1, 2) as 1 | 2)
  const threads = wholeNumber(typed(flags.threads, '--threads') ?? '1', '--threads', 1, 256)
  const wait = typed(flags.wait, '--wait')
  const waitSeconds = wait === undefined ? undefined : wholeNumber(wait, '--wait', 0, 10_000_000)
  const quiet = typed(flags.patience, '--patience')
  const patience = quiet === undefined ? undefined : wholeNumber(quiet, '--patience', 1, 86_400)
  const scratch = scratchMegabytes(flags)
  if (pass === 1) refuseBeside(flags, '--pass 1', 'keeps nothing for pass 2, and waits for nobody', ['scratch', 'wait'])
  if (pass === 2) refuseBeside(flags, '--pass 2', 'waits for nobody', ['wait'])
  const { carryOutShare, openObjects, planAt } = await import('../../../cluster/index.ts')
  const { ProgressView } = await import('../../reports/progress.ts')
  const { Interrupt } = await import('../../interrupt.ts')
  const view = new ProgressView()
  const interrupt = new Interrupt(() => view.say('Stopping: what is under way here is given up, and stays open.'))
  const control = await openObjects(folder)
  let waited = false
  const show = ({ pass: now, done, of, waiting }: ShareProgress) => {
    if (waiting === 0) view.show({ phase: `the tasks of pass ${now}`, done: Math.floor(done), total: of, rows: 0 })
    else if (!waited) {
      view.say(`Waiting for pass 1 of ${waiting} tasks of other parts`)
      waited = true
    }
  }
  try {
    const plan = await planAt(control)
    if (plan.output.kind === 'files' && patience !== undefined) {
      throw new MingleError(
        'BAD_INPUT',
        `--patience is for plans that write into PostgreSQL; this one writes files, so leave it out`,
      )
    }
    const result = await carryOutShare(plan, control, {
      part,
      parts,
      pass,
      threads,
      waitSeconds,
      patience,
      scratchMegabytes: scratch,
      where: await outputHere(flags, plan, folder),
      controlUrl: folder,
      signal: interrupt.signal,
      onProgress: show,
    })
    view.stop()
    if (flags.json === true) console.log(JSON.stringify({ part, parts, ...result }))
    else
      console.log(
        `part ${part} of ${parts}: ${result.carriedOut} tasks carried out, ${result.before} were done; ${result.rows} rows written`,
      )
    return 0
  } finally {
    view.stop()
    interrupt.release()
    await control.close()
  }
}
