import { carryOut, type Done, type Setting, type Task } from '../../experiments/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { nameOf, sha256 } from '../plan/canonical.ts'

/** A task of an experiment without the setting, which those of a batch share. */
export type BareTask = Task extends infer Each ? (Each extends Task ? Omit<Each, 'setting'> : never) : never

/** Tasks of one experiment that one worker carries out in one go. Plain data, named by its content. */
export interface Batch {
  readonly id: string
  readonly setting: Setting
  readonly tasks: readonly BareTask[]
}

/** What came of a batch, in the order of its tasks; a task that failed is its error, and the others went on. */
export interface BatchResult {
  readonly results: readonly Done[]
  /** Of the results as JSON. */
  readonly sha256: string
}

export function batchOf(tasks: readonly Task[]): Batch {
  const { setting } = tasks[0]!
  const bare = tasks.map(({ setting: _, ...task }) => task as BareTask)
  return { id: nameOf({ setting, tasks: bare }), setting, tasks: bare }
}

/**
 * Carries out a batch on this thread.
 * @param told of each task
 */
export function carryOutBatch({ setting, tasks }: Batch, told: (done: number, of: number) => void): BatchResult {
  const results = tasks.map((task, i): Done => {
    const done = carriedOut({ ...task, setting } as Task)
    told(i + 1, tasks.length)
    return done
  })
  return { results, sha256: hashOf(results) }
}

function carriedOut(task: Task): Done {
  try {
    return { result: carryOut(task) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

/** Whether a result is whole, and of so many tasks: what a queue hands on may be anybody's. */
export function isWhole(result: BatchResult | null | undefined, { tasks }: Batch): result is BatchResult {
  return (
    Array.isArray(result?.results) && result.results.length === tasks.length && hashOf(result.results) === result.sha256
  )
}

/** @throws MingleError NOT_DETERMINISTIC when a batch came to other results on another worker */
export function checkAlike({ id, tasks }: Batch, hashes: readonly string[]): void {
  const other = hashes.find((hash) => hash !== hashes[0])
  if (other === undefined) return
  throw new MingleError(
    'NOT_DETERMINISTIC',
    `non-determinism: batch ${id} (${tasks.length} runs) came to results ${hashes[0]} and to ${other}. One of the machines gives other facts than the others: compare their Node and package versions, test their memory, and trust neither result`,
  )
}

function hashOf(results: readonly Done[]): string {
  return sha256([new TextEncoder().encode(JSON.stringify(results))])
}
