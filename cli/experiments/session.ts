import type { Laboratory, LaboratoryOptions, Plan, Setting, TaskPool } from '../../experiments/index.ts'
import { queueUrl } from '../commands/machines/worker.ts'
import { Interrupt } from '../interrupt.ts'
import { typed } from '../options/arguments.ts'
import { refuseBeside } from '../options/beside.ts'
import type { Flags } from '../options/flags.ts'
import { workersOf } from './options.ts'
import { commandGiven } from './repeat.ts'
import { RunsView } from './runs-view.ts'

/** What ran and what to print of it. */
export interface Printed {
  /** The `--json` object, without what hangs on the clock. */
  readonly json: Readonly<Record<string, unknown>>
  readonly print: () => void
  readonly stopped: boolean
  readonly failures: readonly { readonly error: string; readonly times: number }[]
}

/**
 * Carries out an experiment with progress and Ctrl-C, and prints what came of it.
 *
 * @param plan what a folder remembers of it; its path is `--out`, or `folder` where the experiment always has one
 * @returns exit code 0, or 130 when it was stopped
 */
export async function withLaboratory(
  flags: Flags,
  setting: Setting,
  plan: Omit<Plan, 'setting' | 'command'>,
  carryOut: (laboratory: Laboratory, view: RunsView) => Promise<Printed>,
  folder?: string,
): Promise<number> {
  const { Laboratory } = await import('../../experiments/index.ts')
  const { raiseCompilerBudget } = await import('../../run/index.ts')
  const path = typed(flags.out, '--out') ?? folder
  const command = commandGiven()
  const view = new RunsView()
  const interrupt = new Interrupt(() => view.say('Stopping after the runs under way; Ctrl-C again ends at once.'))
  const workers = workersOf(flags)
  const options: LaboratoryOptions = {
    workers,
    signal: interrupt.signal,
    onProgress: view.show,
    ...(path !== undefined && { folder: { path, plan: { ...plan, setting, command } } }),
  }
  const start = performance.now()
  raiseCompilerBudget()
  let pool: TaskPool | undefined
  let laboratory: Laboratory | undefined
  try {
    pool = await clusterPool(flags, view, interrupt.signal)
    laboratory = new Laboratory(setting, { ...options, pool })
    const { json, print, stopped, failures } = await carryOut(laboratory, view)
    const all = { experiment: plan.kind, command, ...json, failures, stopped }
    if (!stopped) laboratory.folder?.finish(all)
    view.stop()
    const total = Number(((performance.now() - start) / 1000).toFixed(3))
    if (flags.json === true) console.log(JSON.stringify({ ...all, seconds: { total } }))
    else print()
    for (const { error, times } of failures)
      process.stderr.write(`${times} ${times === 1 ? 'run' : 'runs'} failed: ${error}\n`)
    if (!stopped) return 0
    const goOn = path === undefined ? '' : ` What is done is kept; the same command goes on from it.`
    process.stderr.write(`Stopped: the numbers are of the runs that were done.${goOn}\n`)
    return 130
  } finally {
    view.stop()
    interrupt.release()
    await (laboratory ?? pool)?.close()
  }
}

/** The workers of a queue as hands, where one is named. */
async function clusterPool(flags: Flags, view: RunsView, signal: AbortSignal): Promise<TaskPool | undefined> {
  if (flags.cluster === undefined) return undefined
  const queue = queueUrl(typed(flags.cluster, '--cluster'), '--cluster')
  refuseBeside(flags, '--cluster', 'has machines of a queue carry out the runs, not this one', ['workers'])
  const { QueuePool } = await import('../../cluster/index.ts')
  return QueuePool.open(queue, { signal, onLine: (line) => view.say(line) })
}
