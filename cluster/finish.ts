import { type Block, DAY_TABLES, type FirstIds, type RunStore, sameIds, wordsOfHex } from '../persist/index.ts'
import { digestTexts, type MetricLine, metricLines, type ProgressListener, populationOf } from '../run/index.ts'
import { generateProfile, RunDigest, runIdentity } from '../sim/index.ts'
import { MingleError } from '../sim/kernel/index.ts'
import { mergeTallies } from '../sim/observe/index.ts'
import { type ObjectStore, openObjects } from './objects/index.ts'
import { sha256 } from './plan/canonical.ts'
import { storeOf } from './plan/make-plan.ts'
import { outcomeKey, type Plan, type Task } from './plan/plan.ts'
import { Standing } from './plan/standing.ts'
import { groupFile } from './tasks/file-target.ts'
import { type CountedGroup, decodeCounts } from './tasks/group-counts.ts'
import { type CountOutcome, notDeterministic, type WriteOutcome } from './tasks/outcome.ts'

/** A task without an outcome, or whose outcome is there no more. */
export interface MissingTask {
  readonly pass: 1 | 2
  readonly group: number
  readonly task: string
}

export interface Finished {
  /** The run digest; null when tasks are missing. */
  readonly digest: string | null
  /** Rows by table that the run holds. */
  readonly rows: Readonly<Record<string, number>>
  readonly missing: readonly MissingTask[]
  readonly metrics: readonly MetricLine[] | null
}

export interface FinishOptions {
  /** Where the output lies, if not where the plan says. */
  readonly where?: string | undefined
  readonly onProgress?: ProgressListener
}

/**
 * Judges by the manifests whether a plan is carried out. If it is, writes the ledger as one machine would have, and last
 * of all `_SUCCESS`; if not, says what is missing, and writes nothing. Safe to be cut off, and to be called again.
 *
 * @throws MingleError NOT_DETERMINISTIC when the two passes of a group differ
 */
export async function finishPlan(plan: Plan, control: ObjectStore, options: FinishOptions = {}): Promise<Finished> {
  const { where = plan.output.where } = options
  const standing = new Standing(plan, control)
  const nothing = { digest: null, rows: {}, metrics: null }
  const uncounted = await standing.open(standing.counting)
  if (uncounted.length > 0) return { ...nothing, missing: uncounted.map(named) }
  const tasks = (await standing.writing())!
  const unwritten = await standing.open(tasks)
  if (unwritten.length > 0) return { ...nothing, missing: unwritten.map(named) }

  const counted = (await standing.counted()) as CountOutcome[]
  const written = await Promise.all(tasks.map(async (task) => (await standing.written(task))!))
  written.forEach((outcome, group) => {
    compareFacts(counted[group]!, outcome)
  })
  const counts = await Promise.all(counted.map((outcome) => readCounts(control, outcome)))
  const lost = [
    ...standing.counting.filter(({ group }) => counts[group] === null),
    ...(await lostFiles(plan, where, tasks, written)),
  ]
  if (lost.length > 0) {
    // Its outcome is void: the task is to be carried out again.
    for (const task of lost) await control.remove(`${outcomeKey(task)}.json`)
    return { ...nothing, missing: lost.map(named) }
  }

  const store = await storeOf({ ...plan.output, where })
  try {
    const { days } = (await standing.places())!
    const finished = await enter(plan, store, days, counts as CountedGroup[], written, options)
    await succeed(plan, where, finished)
    return finished
  } finally {
    await store.close()
  }
}

/** Enters the days into the ledger: they are written already, so their rows are not touched. */
async function enter(
  plan: Plan,
  store: RunStore,
  bases: readonly FirstIds[],
  counts: readonly CountedGroup[],
  written: readonly WriteOutcome[],
  { onProgress }: FinishOptions,
): Promise<Finished> {
  const { config, runId } = plan
  const found = await store.findRun(config.seed)
  if (found?.id !== runId) {
    throw new MingleError(
      'RUN_MISSING',
      `${store.url} holds no run '${config.seed}' that this plan is of; was it reset? Make the plan again`,
    )
  }
  const digest = new RunDigest(runIdentity(config))
  const population = populationOf(config)
  for (let day = 0; day < plan.days; day++) {
    const markets = counts.flatMap((group) => group.day(day))
    const words = digest.addSummaries(
      day,
      markets.map(({ summary }) => summary),
    )
    // Entered by an earlier call, or written by `mingle resume`.
    if (day <= found.lastDay) continue
    const arrivals = markets.flatMap((market) => market.counts.arrivals)
    await store.writeBlocks(runId, {
      day,
      markets: markets.map((market) => market.counts),
      newcomers: arrivals.map((k) => generateProfile(population, k, day)),
      factDigests: digestTexts(words),
      blocks: async (first) => {
        if (sameIds(first, bases[day]!)) return blocksOf(plan, counts, written, day)
        throw new MingleError(
          'IDS_TAKEN',
          `${store.url} has taken in other rows since the plan of run '${config.seed}' was made, so its ids are taken; reset the run and make its plan again`,
        )
      },
    })
    onProgress?.({ phase: 'days', done: day + 1, total: plan.days, rows: 0 })
  }
  const metrics = metricLines(mergeTallies(counts.map(({ tally }) => tally)))
  const run = await store.findRun(config.seed)
  if (run!.status !== 'finished') {
    await store.finishRun(runId, { digest: digest.hex, metrics: JSON.stringify(metrics) })
  }
  return { digest: digest.hex, rows: await store.rows(runId), missing: [], metrics }
}

/** What lies there of a day, group after group: made when it is asked for, as a long run has hundreds of thousands. */
function blocksOf(
  plan: Plan,
  counts: readonly CountedGroup[],
  written: readonly WriteOutcome[],
  wanted: number,
): Block[] {
  return written.flatMap((outcome, group) =>
    outcome.written
      .filter(([day]) => day === wanted)
      .map(([day, at, rows, firstId, digest]): Block => {
        const table = DAY_TABLES[at]!
        const data = { form: 'stored', path: groupFile(plan, group, day, table) } as const
        const { market } = counts[group]!
        return { table, market, rows, firstId, digest: wordsOfHex(digest), referred: {}, data }
      }),
  )
}

/** Both passes of a group lived through the same facts. */
function compareFacts(counted: CountOutcome, written: WriteOutcome): void {
  const day = counted.facts.findIndex((digest, i) => digest !== written.facts[i])
  if (day < 0) return
  throw notDeterministic(
    `the facts of day ${day} of group ${counted.group} have digest ${counted.facts[day]} in pass 1 (task ${counted.task}), ${written.facts[day]} in pass 2 (task ${written.task})`,
  )
}

async function readCounts(control: ObjectStore, { object }: CountOutcome): Promise<CountedGroup | null> {
  const bytes = await control.get(object.key)
  return bytes && sha256([bytes]) === object.sha256 ? decodeCounts(bytes) : null
}

/** Tasks of pass 2 whose files are not all there, and whole. */
async function lostFiles(
  plan: Plan,
  where: string,
  tasks: readonly Task[],
  written: readonly WriteOutcome[],
): Promise<Task[]> {
  const objects = await openObjects(where)
  try {
    const sizes = new Map<string, number>()
    for (const table of DAY_TABLES) for (const { key, bytes } of await objects.list(`${table}/`)) sizes.set(key, bytes)
    return tasks.filter(({ group }) =>
      written[group]!.written.some(
        ([day, at, , , , bytes]) => sizes.get(groupFile(plan, group, day, DAY_TABLES[at]!)) !== bytes,
      ),
    )
  } finally {
    await objects.close()
  }
}

/** Says that the folder is whole, to whoever waits for it. */
async function succeed(plan: Plan, where: string, { digest }: Finished): Promise<void> {
  const objects = await openObjects(where)
  try {
    const text = `${JSON.stringify({ seed: plan.config.seed, days: plan.days, digest })}\n`
    await objects.put('_SUCCESS', [new TextEncoder().encode(text)])
    await objects.sweep()
  } finally {
    await objects.close()
  }
}

function named({ pass, group, id }: Task): MissingTask {
  return { pass, group, task: id }
}
