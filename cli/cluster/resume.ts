import { availableParallelism } from 'node:os'
import type { RunChoice } from '../../persist/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { givenAmong } from '../options/beside.ts'
import type { Drive, Flags } from '../options/flags.ts'
import { configuredUrl } from './options.ts'
import { OF_ONE_MACHINE, report } from './session.ts'

/**
 * Goes on, on this machine alone, with the tasks of a run that was planned for many and is not finished.
 * @param scratchMegabytes for days between the passes; default as `carryOutShare` has it
 * @returns the exit code; undefined where the run has no plan
 */
export async function planSession(
  flags: Flags,
  drive: Drive,
  choice: RunChoice,
  scratchMegabytes?: number,
): Promise<number | undefined> {
  const { url, mapping } = await configuredUrl(flags)
  // Tasks write Mingle's own tables alone.
  const { takesTasks } = await import('../../persist/index.ts')
  if (mapping !== undefined || !takesTasks(url)) return undefined
  const seed = await unfinishedSeed(url, choice)
  if (seed === undefined) return undefined
  const {
    carryOutShare,
    checkVersions,
    finishPlan,
    openObjects,
    outputOf,
    placeHere,
    pointerOf,
    reached,
    readPlan,
    urlOf,
  } = await import('../../cluster/index.ts')
  const output = outputOf(url)
  const where = reached(output, url)
  const pointer = await pointerOf({ where }, seed)
  if (pointer === null) return undefined
  const wrong = givenAmong(flags, [...OF_ONE_MACHINE.filter((name) => name !== 'workers'), 'extension'])
  if (wrong !== undefined) {
    throw new MingleError('BAD_INPUT', `run '${seed}' is carried out by tasks, which take no ${wrong}; leave it out`)
  }
  const controlUrl = placeHere(pointer, where)
  const { ProgressView } = await import('../reports/progress.ts')
  const { Interrupt } = await import('../interrupt.ts')
  const view = new ProgressView()
  const interrupt = new Interrupt(() => view.say('Stopping: what is under way here is given up, and stays open.'))
  const control = await openObjects(controlUrl)
  try {
    const began = performance.now()
    const plan = await readPlan(control)
    if (plan === null) {
      throw new MingleError(
        'BAD_INPUT',
        `run '${seed}' is carried out by the tasks of a plan in ${pointer}, which is not to be seen from here; go on where it is, or give the run up: mingle reset`,
      )
    }
    checkVersions(plan)
    view.say(`run '${seed}' is carried out by tasks; those that are open are carried out here`)
    const { workers = availableParallelism(), allowProduction } = drive
    for (;;) {
      await carryOutShare(plan, control, {
        part: 0,
        parts: 1,
        threads: Math.max(1, workers),
        where,
        controlUrl,
        scratchMegabytes,
        signal: interrupt.signal,
        onProgress: ({ pass, done, of }) =>
          view.show({ phase: `the tasks of pass ${pass}`, done: Math.floor(done), total: of, rows: 0 }),
      })
      const finished = await finishPlan(plan, control, { where, allowProduction, onProgress: view.show })
      if (finished.missing.length === 0) {
        const seconds = { profiles: 0, total: (performance.now() - began) / 1000 }
        return await report(plan, urlOf(output, where), { finished, failed: [] }, drive, seconds, view, interrupt)
      }
      // Files were lost since their manifests were put.
      view.say(`${finished.missing.length} tasks are carried out again: what they left is not there any more`)
    }
  } finally {
    view.stop()
    interrupt.release()
    await control.close()
  }
}

/** The seed of the run that is meant, when it is there and nothing of it is in the ledger yet. */
async function unfinishedSeed(url: string, choice: RunChoice): Promise<string | undefined> {
  const { openStore, runsMeant } = await import('../../persist/index.ts')
  const { isUnfinished } = await import('../../run/index.ts')
  const store = await openStore(url)
  try {
    const runs = runsMeant(await store.listRuns(), choice).filter(isUnfinished)
    const [run] = runs.length === 1 ? runs : []
    return run?.status === 'profiles' && run.profilesThrough === 0 ? run.seed : undefined
  } finally {
    await store.close()
  }
}
