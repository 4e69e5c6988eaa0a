import {
  type FileEntry,
  type ObjectStore,
  openObjects,
  type RunStore,
  TABLES,
  taskTransactions,
} from '../persist/index.ts'
import { configOf, type MetricLine, metricLines, type ProgressListener } from '../run/index.ts'
import { runIdentity } from '../sim/index.ts'
import { badInput } from '../sim/kernel/index.ts'
import { mergeTallies } from '../sim/observe/index.ts'
import { persistentObjects } from './control/persistent-objects.ts'
import { persistently } from './control/persistently.ts'
import { checkCurrent, removePointer } from './control/pointer.ts'
import { planKeysIn, recordsOf } from './control/records.ts'
import { Standing } from './control/standing.ts'
import { putSuccess } from './control/success.ts'
import { enteredChunks, enteredDays, runDigestOf } from './entered.ts'
import { sha256 } from './plan/canonical.ts'
import { type CountOutcome, notDeterministic, type Outcome, TASK_TABLES, type WriteOutcome } from './plan/outcome.ts'
import { storeOf } from './plan/output.ts'
import { firstIds, outcomeKey, type Plan, type Task } from './plan/plan.ts'
import { writtenFile } from './tasks/file-target.ts'
import { type CountedGroup, decodeCounts } from './tasks/group-counts.ts'

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
  /** Where the output lies, if not where the plan says; a database with its password. */
  readonly where?: string | undefined
  /** Whether to write even where this looks like production. */
  readonly allowProduction?: boolean | undefined
  readonly onProgress?: ProgressListener
}

/** What all tasks left behind. */
interface Outcomes {
  readonly counted: readonly CountOutcome[]
  readonly written: readonly WriteOutcome[]
  readonly counts: readonly CountedGroup[]
}

/**
 * Judges by the manifests whether a plan is carried out. If it is, writes the ledger as one machine would have, and last
 * of all `_SUCCESS`; if not, says what is missing, and writes nothing. Safe to be cut off, and to be called again.
 *
 * @throws MingleError NOT_DETERMINISTIC when the two passes of a group differ; BAD_INPUT when its place knows no such run
 */
export async function finishPlan(plan: Plan, kept: ObjectStore, options: FinishOptions = {}): Promise<Finished> {
  const control = persistentObjects(kept)
  const { where = plan.output.where, allowProduction = false } = options
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
  const store = await storeOf(plan.output, where, { allowProduction })
  try {
    await checkCurrent(plan, where)
    const run = await runOf(store, plan)
    const unseen = run.status === 'finished' ? [] : await lostRows(plan, where, counted, written)
    // Who finishes the same plan at the same time takes a database's note of what each task wrote away.
    const gone = unseen.length > 0 && (await runOf(store, plan)).status === 'finished' ? [] : unseen
    const lost = [
      ...standing.counting.filter(({ group }) => counts[group] === null || gone.includes(counted[group]!)),
      ...tasks.filter(({ group }) => gone.includes(written[group]!)),
    ]
    if (lost.length > 0) {
      // Its outcome is void: the task is to be carried out again.
      for (const task of lost) await control.remove(`${outcomeKey(task)}.json`)
      return { ...nothing, missing: lost.map(named) }
    }
    const outcomes = { counted, written, counts: counts as CountedGroup[] }
    const finished = await enter(plan, store, standing, outcomes, options)
    await succeed(plan, where, control, finished)
    return finished
  } finally {
    await store.close()
  }
}

async function runOf(store: RunStore, { config, setup }: Plan) {
  const run = await store.findRun(config.seed)
  if (run?.id === setup.runId && runIdentity(configOf(run)) === runIdentity(config)) return run
  throw badInput(`${store.url} holds no run '${config.seed}' that this plan is of; was it reset? Make the plan again`)
}

/** Enters people and days into the ledger: they are written already, so their rows are not touched. */
async function enter(
  plan: Plan,
  store: RunStore,
  standing: Standing,
  { counted, written, counts }: Outcomes,
  { onProgress }: FinishOptions,
): Promise<Finished> {
  const { digest, factDigests } = runDigestOf(plan, counts)
  const firsts = (await standing.places())!.days
  const metrics = metricLines(mergeTallies(counts.map(({ tally }) => tally)))
  await store.enterRun(plan.setup.runId, {
    chunks: enteredChunks(plan, counted),
    days: () => enteredDays(counts, counted, written, firsts, factDigests),
    first: firstIds(plan),
    files: filesOf(plan, [...counted, ...written]),
    digest,
    metrics: JSON.stringify(metrics),
  })
  onProgress?.({ phase: 'days', done: plan.days, total: plan.days, rows: 0 })
  return { digest, rows: await store.rows(plan.setup.runId), missing: [], metrics }
}

/** The files of an output, as a folder's manifest lists them. */
function filesOf(plan: Plan, outcomes: readonly Outcome[]): FileEntry[] {
  if (plan.output.kind === 'database') return []
  return outcomes.flatMap(({ pass, group, written }) => {
    // Rows without an id of their own are found by the ids of the people whose they are.
    const people = new Map(written.filter(([, table]) => TASK_TABLES[table] === 'users').map((each) => [each[0], each]))
    return written.map(([at, table, rows, firstId]): FileEntry => {
      const name = TASK_TABLES[table]!
      const hasId = name !== 'seed_people' && TABLES[name].key === 'id'
      const [, , keys, first] = hasId ? [at, table, rows, firstId] : people.get(at)!
      return { table: name, path: writtenFile(plan, pass, group, at, name), rows, first, last: first + keys - 1 }
    })
  })
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

/** Tasks whose rows are not all there. */
async function lostRows(
  plan: Plan,
  where: string,
  counted: readonly CountOutcome[],
  written: readonly WriteOutcome[],
): Promise<Outcome[]> {
  if (plan.output.kind === 'database') {
    const { length } = plan.groups
    const transactions = await taskTransactions()
    const there = (pass: 1 | 2) =>
      persistently(() => transactions.groupsThere(where, plan.setup.runId, pass, length), 'finish the plan again')
    const people = await there(1)
    const days = await there(2)
    return [
      ...counted.filter((outcome) => outcome.written.length > 0 && !people.has(outcome.group)),
      ...written.filter(({ group }) => !days.has(group)),
    ]
  }
  const objects = await openObjects(where)
  try {
    const sizes = new Map<string, number>()
    for (const table of TASK_TABLES) for (const { key, bytes } of await objects.list(`${table}/`)) sizes.set(key, bytes)
    return [...counted, ...written].filter((outcome) =>
      outcome.written.some(
        ([at, table, , , , bytes]) =>
          sizes.get(writtenFile(plan, outcome.pass, outcome.group, at, TASK_TABLES[table]!)) !== bytes,
      ),
    )
  } finally {
    await objects.close()
  }
}

/** Says that the output is whole, to whoever waits for it, and clears away what tasks needed. */
async function succeed(plan: Plan, where: string, control: ObjectStore, { digest }: Finished): Promise<void> {
  const { config, days, output } = plan
  await removePointer(where, config.seed)
  if (output.kind === 'files') return putSuccess(where, { seed: config.seed, days, digest })
  // The ledger says so, and the plan, when it is kept here, has served.
  const transactions = await taskTransactions()
  const prefixes = [recordsOf(plan), ...planKeysIn(where, control.url)]
  await persistently(() => transactions.clear(where, prefixes), 'finish the plan again')
}

function named({ pass, group, id }: Task): MissingTask {
  return { pass, group, task: id }
}
