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

/**
 * What came of a batch as a queue carries it: text, since one in PostgreSQL keeps plain data with its keys in an order of its own, on which
 * hashes and what is printed hang.
 */
export interface BatchResult {
  /** JSON of a `Done` for each task, in their order; one that failed is its error, and the others went on. */
  readonly results: string
  /** Of that text. */
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
  const done = tasks.map((task, i): Done => {
    const each = carriedOut({ ...task, setting } as Task)
    told(i + 1, tasks.length)
    return each
  })
  const results = JSON.stringify(done)
  return { results, sha256: hashOf(results) }
}

function carriedOut(task: Task): Done {
  try {
    return { result: carryOut(task) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

/** What came of each task; null where the result is not whole, or not of so many tasks: what a queue hands on may be anybody's. */
export function resultsOf(result: BatchResult | null | undefined, { tasks }: Batch): readonly Done[] | null {
  if (typeof result?.results !== 'string' || hashOf(result.results) !== result.sha256) return null
  const done = JSON.parse(result.results) as readonly Done[]
  return done.length === tasks.length ? done : null
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

function hashOf(results: string): string {
  return sha256([new TextEncoder().encode(results)])
}
