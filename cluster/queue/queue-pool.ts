import { setTimeout as sleep } from 'node:timers/promises'
import type { Job, Queue } from 'bullmq'
import type { Done, Task, TaskPool } from '../../experiments/index.ts'
import { optionWords } from '../../run/index.ts'
import { checkAlike, resultsOf } from '../batches/batch.ts'
import { type Cut, cutIntoBatches, singles } from '../batches/cut.ts'
import type { Broker } from './brokers/broker.ts'
import { connectBroker } from './brokers/connect.ts'
import { type BatchJob, batchJobId, versionsHere } from './job.ts'
import { withPatience } from './patience.ts'

/** Chosen: between two looks at the batches. */
const LOOK_MS = 300
/** Batches that the queue has at a time: it holds a bounded part of an experiment, however large that is. */
const MOST_SUBMITTED = 200
/** Attempts of a batch whose thread dies; a worker that dies costs none of these. */
const ATTEMPTS = 3
/** Seconds after which the queue forgets what nobody asked for: the experiment was given up. */
const KEPT = { age: 86_400 }
/** Chosen: nobody has taken a batch for so long. */
const UNTAKEN_MS = 5000

export interface QueuePoolOptions {
  /** Leaves what nobody has begun, and waits for the rest. */
  readonly signal?: AbortSignal | undefined
  readonly onLine?: (line: string) => void
}

/** What the queue says of a batch. */
interface Found {
  readonly cut: Cut
  readonly state: string
  /** Of one that has ended: the job, and the hashes of all results that workers came to. */
  readonly job?: Job<BatchJob> | undefined
  readonly hashes?: readonly string[] | undefined
}

/**
 * The workers of a queue as hands of an experiment. Which results there are is known here, never by the queue: a batch that
 * it does not have any more is submitted again, so it may be emptied, killed or cut off at any moment. A batch that fails for
 * good is carried out run by run, and what fails alone is that run's error.
 */
export class QueuePool implements TaskPool {
  readonly #broker: Broker
  readonly #queue: Queue<BatchJob>
  readonly #options: QueuePoolOptions
  /** Batches that this pool submitted: one that failed before is tried again. */
  readonly #submitted = new Set<string>()
  readonly #opened = performance.now()
  #taken = false
  #silent = false

  private constructor(broker: Broker, options: QueuePoolOptions) {
    this.#broker = broker
    this.#options = options
    this.#queue = broker.queue()
  }

  /** @throws MingleError as `connectBroker` */
  static async open(queueUrl: string, options: QueuePoolOptions = {}): Promise<QueuePool> {
    const broker = await connectBroker(queueUrl)
    for (const line of broker.advice) options.onLine?.(line)
    return new QueuePool(broker, options)
  }

  /** @throws MingleError NOT_DETERMINISTIC when two workers came to other results of a batch */
  async run(
    tasks: readonly Task[],
    onDone: (at: number, done: Done) => void,
    known?: ReadonlySet<number>,
  ): Promise<(Done | null)[]> {
    const results = new Array<Done | null>(tasks.length).fill(null)
    const ends = (cut: Cut, done: readonly Done[]) => {
      for (const [i, at] of cut.at.entries()) {
        results[at] = done[i]!
        onDone(at, done[i]!)
      }
    }
    const ahead = cutIntoBatches(tasks, known)
    const open = new Map<string, Cut>()
    for (;;) {
      if (this.#stopped) ahead.length = 0
      while (open.size < MOST_SUBMITTED && ahead.length > 0) {
        const cut = ahead.shift()!
        open.set(cut.batch.id, cut)
      }
      if (open.size === 0) return results
      const found = await withPatience(() => this.#look([...open.values()]))
      this.#tell(found)
      const lacking: Cut[] = []
      const ended: Job[] = []
      for (const each of found ?? []) {
        const what = this.#judge(each)
        if (what === 'under way') continue
        if (what === 'lacking' && !this.#stopped) lacking.push(each.cut)
        else {
          open.delete(each.cut.batch.id)
          if (what === 'failed') ahead.unshift(...this.#failed(each, tasks, ends))
          else if (what === 'done') ends(each.cut, resultsOf(each.job!.returnvalue, each.cut.batch)!)
        }
        if (each.job) ended.push(each.job)
      }
      if (ended.length > 0) await withPatience(() => Promise.allSettled(ended.map((job) => job.remove())))
      if (lacking.length > 0) await withPatience(() => this.#submit(lacking))
      await sleep(LOOK_MS)
    }
  }

  async close(): Promise<void> {
    await withPatience(() => this.#queue.close())
    await this.#broker.close()
  }

  get #stopped(): boolean {
    return this.#options.signal?.aborted === true
  }

  async #look(cuts: readonly Cut[]): Promise<Found[]> {
    return Promise.all(
      cuts.map(async (cut): Promise<Found> => {
        const id = batchJobId(cut.batch)
        const state = await this.#queue.getJobState(id)
        if (state === 'active') this.#taken = true
        const ended = state === 'completed' || state === 'failed'
        // Stopped: what nobody has begun is taken back.
        if (!ended && !(this.#stopped && state !== 'active')) return { cut, state }
        const job = await this.#queue.getJob(id)
        return { cut, state, job, ...(ended && { hashes: (await this.#queue.getJobLogs(id)).logs }) }
      }),
    )
  }

  /** What is to be done about a batch. */
  #judge({ cut, state, job, hashes }: Found): 'under way' | 'lacking' | 'done' | 'failed' {
    if (state === 'completed') {
      this.#taken = true
      const result = job?.returnvalue
      if (!resultsOf(result, cut.batch)) return 'lacking'
      checkAlike(cut.batch, [result.sha256, ...(hashes ?? [])])
      return 'done'
    }
    if (state === 'failed') return this.#submitted.has(cut.batch.id) ? 'failed' : 'lacking'
    return state === 'unknown' || (this.#stopped && state !== 'active') ? 'lacking' : 'under way'
  }

  /** @returns what is to be carried out in its place */
  #failed({ cut, job }: Found, tasks: readonly Task[], ends: (cut: Cut, done: readonly Done[]) => void): Cut[] {
    const reason = job?.failedReason ?? 'it failed on the queue'
    if (cut.at.length === 1) {
      ends(cut, [{ error: reason }])
      return []
    }
    this.#options.onLine?.(`a batch of ${cut.at.length} runs failed (${reason}); they are carried out one by one`)
    return singles(cut, tasks)
  }

  async #submit(cuts: readonly Cut[]): Promise<void> {
    const again = cuts.filter(({ batch }) => this.#submitted.has(batch.id)).length
    await this.#queue.addBulk(
      cuts.map(({ batch }) => ({
        name: 'batch',
        data: { batch: JSON.stringify(batch), runs: batch.tasks.length, versions: versionsHere() },
        opts: {
          jobId: batchJobId(batch),
          attempts: ATTEMPTS,
          backoff: { type: 'exponential', delay: 500 },
          removeOnComplete: KEPT,
          removeOnFail: KEPT,
        },
      })),
    )
    for (const { batch } of cuts) this.#submitted.add(batch.id)
    if (again > 0) this.#options.onLine?.(`${again} batches submitted again`)
  }

  /** Says once what keeps an experiment waiting. */
  #tell(found: readonly Found[] | undefined): void {
    const { onLine } = this.#options
    if (!found && !this.#silent) onLine?.(`${this.#broker.url} does not answer; it is asked again until it does`)
    this.#silent = !found
    if (this.#taken || performance.now() - this.#opened < UNTAKEN_MS) return
    this.#taken = true
    onLine?.(`no worker has taken a batch yet; workers: mingle worker ${optionWords('--queue', this.#broker.url)}`)
  }
}
