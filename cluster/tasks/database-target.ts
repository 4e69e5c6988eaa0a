import {
  type Block,
  blocksByTable,
  type MadePeople,
  type TaskTransaction,
  taskTransactions,
} from '../../persist/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import { leadsTo, pointerIn, pointerKey } from '../control/pointer.ts'
import { recordKey } from '../control/records.ts'
import {
  decodeOutcome,
  encodeOutcome,
  type Outcome,
  TASK_TABLES,
  type TaskTable,
  type Written,
} from '../plan/outcome.ts'
import type { Plan, Task } from '../plan/plan.ts'
import { sumOf } from './sums.ts'
import type { Target } from './target.ts'

/** A PostgreSQL database: all rows of the task in one transaction, together with its record. */
export class DatabaseTarget implements Target {
  readonly #plan: Plan
  readonly #task: Task
  readonly #transaction: TaskTransaction
  readonly #patienceMs: number
  readonly #written: Written[] = []
  #begun = false

  private constructor(plan: Plan, task: Task, transaction: TaskTransaction, patienceMs: number) {
    this.#plan = plan
    this.#task = task
    this.#transaction = transaction
    this.#patienceMs = patienceMs
  }

  /**
   * @param url with whatever it takes to connect
   * @param patienceMs how long another session with the same task may say nothing
   */
  static async open(plan: Plan, task: Task, url: string, patienceMs: number): Promise<DatabaseTarget> {
    const { pass, group } = task
    const name = { runId: plan.setup.runId, key: recordKey(plan, task), pass, group }
    return new DatabaseTarget(plan, task, await (await taskTransactions()).open(url, name), patienceMs)
  }

  async begin(): Promise<Outcome | null> {
    const record = await this.#transaction.record()
    return record && this.#decoded(record)
  }

  #decoded(record: Uint8Array): Outcome {
    return decodeOutcome(record, this.#task, `the record of task ${this.#task.id} in schema mingle_tasks`)
  }

  async writePeople(at: number, made: MadePeople): Promise<void> {
    await this.#open()
    await this.#explained(this.#transaction.writePeople(made, this.#task.pass === 1 ? 0 : at))
    for (const { table, rows, firstId, contentDigest } of made.tables) {
      if (rows > 0) this.#wrote(at, table as TaskTable, rows, firstId, contentDigest)
    }
  }

  async writeDay(day: number, blocks: readonly Block[]): Promise<void> {
    await this.#open()
    await this.#explained(this.#transaction.writeBlocks(blocks, day))
    for (const [table, own] of blocksByTable(blocks)) {
      const { rows, hex } = sumOf(own)
      this.#wrote(day, table as TaskTable, rows, own[0]!.firstId, hex)
    }
  }

  async end(): Promise<Written[]> {
    await this.#open()
    return this.#written
  }

  async settle(outcome: Outcome): Promise<void> {
    await this.#explained(this.#transaction.commit(encodeOutcome(outcome)))
  }

  async close(): Promise<void> {
    await this.#transaction.close()
  }

  /** Begins with the first rows, so that nothing is held while nothing is written. */
  async #open(): Promise<void> {
    if (this.#begun) return
    this.#begun = true
    const record = await this.#transaction.begin(this.#patienceMs)
    // The other session with the task has committed meanwhile.
    if (record) throw new QuickerTask(this.#decoded(record))
    // Nobody resets the run from here on; another plan's may have been given its id before.
    const { seed } = this.#plan.config
    const { url } = this.#transaction
    const pointer = pointerIn(await this.#transaction.object(pointerKey(seed)), seed, url)
    if (!leadsTo(this.#plan, pointer, url)) {
      throw badInput(
        `${url} knows of no plan of run '${seed}' any more: it is finished, or was reset; nothing was written`,
      )
    }
  }

  #wrote(at: number, table: TaskTable, rows: number, firstId: number, digest: string): void {
    this.#written.push([at, TASK_TABLES.indexOf(table), rows, firstId, digest, 0, ''])
  }

  async #explained<T>(work: Promise<T>): Promise<T> {
    return work.catch((error) => {
      throw this.#transaction.explain(error)
    })
  }
}

/** Another session carried the task out while this one waited for it. */
export class QuickerTask extends Error {
  readonly outcome: Outcome

  constructor(outcome: Outcome) {
    super('another was quicker')
    this.outcome = outcome
  }
}
