import type { Coordinated, Plan } from '../../cluster/index.ts'
import type { RunConfig } from '../../sim/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { queueUrl } from '../commands/machines/worker.ts'
import type { Interrupt } from '../interrupt.ts'
import { typed } from '../options/arguments.ts'
import { refuseBeside } from '../options/beside.ts'
import type { Drive, Flags } from '../options/flags.ts'
import type { ProgressView } from '../reports/progress.ts'
import { tasksUrl } from './options.ts'

/** Options that say how one machine carries out a run. */
export const OF_ONE_MACHINE = ['workers', 'writer', 'batchSize', 'pauseMs', 'snapshotDir', 'watch']

/**
 * Has a run carried out by the workers of a queue, and reports it as a run on one machine is reported.
 * @returns exit code 0, or 1 when tasks failed for good
 */
export async function clusterSession(flags: Flags, drive: Drive, config: RunConfig, days: number): Promise<number> {
  const queue = queueUrl(typed(flags.cluster, '--cluster'), '--cluster')
  refuseBeside(flags, '--cluster', 'has machines of a queue carry out the run, not this one', OF_ONE_MACHINE)
  const url = await tasksUrl(flags)
  const { checkQueue, coordinate, makePlan, nameOf, openObjects, outputOf, reached } = await import(
    '../../cluster/index.ts'
  )
  const { ProgressView } = await import('../reports/progress.ts')
  const { Interrupt } = await import('../interrupt.ts')
  const output = outputOf(url)
  const where = reached(output, url)
  await checkQueue(queue)
  const view = new ProgressView()
  const interrupt = new Interrupt(() =>
    view.say('Stopping; workers go on with what was submitted. Ctrl-C again ends at once.'),
  )
  // One place a run: the same command finds what it began.
  const name = nameOf(config.seed)
  const { placeWithin } = await import('../../persist/index.ts')
  const control = await openObjects(
    output.kind === 'files' ? placeWithin(where, `_mingle/${name}`) : `${where}#${name}`,
  )
  try {
    const began = performance.now()
    const { allowProduction, intoExisting, partition } = drive
    const { signal } = interrupt
    const plan = await makePlan(config, days, output, control, {
      where,
      allowProduction,
      intoExisting,
      partition,
      signal,
      onProgress: view.show,
    })
    const profiles = (performance.now() - began) / 1000
    view.say(`${plan.groups.length} tasks a pass; workers: mingle worker --queue <the same queue>`)
    const coordinated = await coordinate(plan, control, queue, {
      where,
      allowProduction,
      signal,
      onLine: (line) => view.say(line),
      onProgress: (pass, done, of) => view.show({ phase: `the tasks of pass ${pass}`, done, total: of, rows: 0 }),
    })
    const seconds = { profiles, total: (performance.now() - began) / 1000 }
    return await report(plan, url, coordinated, drive, seconds, view, interrupt)
  } finally {
    view.stop()
    interrupt.release()
    await control.close()
  }
}

/**
 * Computes what derives from a run of tasks, and prints how it ended.
 *
 * @param url of its output, as this machine reaches it
 * @returns the exit code: 130 when the jobs were interrupted
 */
export async function report(
  plan: Plan,
  url: string,
  { finished, failed }: Coordinated,
  drive: Drive,
  seconds: { readonly profiles: number; readonly total: number },
  view: ProgressView,
  interrupt: Interrupt,
): Promise<number> {
  if (!finished) {
    view.stop()
    const { length } = failed
    for (const { pass, group, reason } of failed) process.stderr.write(`pass ${pass}, group ${group}: ${reason}\n`)
    throw new MingleError(
      'TASKS_FAILED',
      `${length} of ${plan.groups.length} tasks failed for good (see above), so run '${plan.config.seed}' is not finished; what the others wrote stays. When the cause is gone, the same command tries them again`,
    )
  }
  const { openStore } = await import('../../persist/index.ts')
  const store = await openStore(url)
  try {
    const run = (await store.findRun(plan.config.seed))!
    const { digest, rows, metrics } = finished
    const { noSeconds } = await import('../../run/index.ts')
    const took = {
      ...noSeconds(),
      profiles: seconds.profiles,
      days: seconds.total - seconds.profiles,
      total: seconds.total,
    }
    const result = { status: 'finished', run, digest, rows, metrics, seconds: took } as const
    const { printJson, printReport } = await import('../reports/report.ts')
    const { derive } = await import('../session.ts')
    const jobs = drive.jobs ? await derive(url, {}, drive, view, interrupt) : undefined
    view.stop()
    if (drive.json) printJson(result, jobs)
    else printReport(result, store.url, jobs)
    if (jobs?.status !== 'stopped') return 0
    const { placeWords } = await import('../session.ts')
    const { redactUrl } = await import('../../persist/index.ts')
    process.stderr.write(
      `Stopped. The run is complete; to go on with the derived tables: mingle jobs${placeWords(redactUrl(url), drive.config)}\n`,
    )
    return 130
  } finally {
    await store.close()
  }
}
