import {
  type Block,
  blocksByTable,
  type DayTable,
  dayFile,
  encode,
  FORMATS,
  type MadePeople,
  type ObjectStore,
  openObjects,
  TABLES,
} from '../../persist/index.ts'
import { sha256 } from '../plan/canonical.ts'
import { TASK_TABLES, type TaskTable, type Written } from '../plan/outcome.ts'
import type { FilesOutput, Pass, Plan, Task } from '../plan/plan.ts'
import { sumOf } from './sums.ts'
import type { Target } from './target.ts'

/** Files under way at once: on a disk that is slow to sync, or in a bucket that is far. */
const AT_ONCE = 8

/** A file per table, day and group, and one per table and chunk of people. They are put beside the simulation of the day that follows. */
export class FileTarget implements Target {
  readonly #plan: Plan
  readonly #output: FilesOutput
  readonly #task: Task
  readonly #objects: ObjectStore
  readonly #written: Written[] = []
  readonly #underWay = new Set<Promise<void>>()

  private constructor(plan: Plan, output: FilesOutput, task: Task, objects: ObjectStore) {
    this.#plan = plan
    this.#output = output
    this.#task = task
    this.#objects = objects
  }

  /** @param where the output lies, as this machine reaches it */
  static async open(plan: Plan, output: FilesOutput, task: Task, where: string): Promise<FileTarget> {
    return new FileTarget(plan, output, task, await openObjects(where))
  }

  async begin(): Promise<null> {
    return null
  }

  async writePeople(at: number, { tables }: MadePeople): Promise<void> {
    for (const { table, batch, rows, firstId, contentDigest } of tables) {
      if (rows === 0) continue
      const pieces = encode(FORMATS[this.#output.format], batch)
      await this.#put(at, table as TaskTable, rows, firstId, contentDigest, pieces)
    }
  }

  async writeDay(day: number, blocks: readonly Block[]): Promise<void> {
    const format = FORMATS[this.#output.format]
    for (const [table, own] of blocksByTable(blocks)) {
      const pieces = format.join(
        TABLES[table as DayTable],
        own.map(({ data }) => data),
      )
      const { rows, hex } = sumOf(own)
      await this.#put(day, table as DayTable, rows, own[0]!.firstId, hex, pieces)
    }
  }

  async end(): Promise<Written[]> {
    await Promise.all(this.#underWay)
    return this.#written
  }

  async settle(): Promise<void> {}

  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay)
    await this.#objects.close()
  }

  async #put(
    at: number,
    table: TaskTable,
    rows: number,
    firstId: number,
    digest: string,
    pieces: readonly Uint8Array[],
  ): Promise<void> {
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0)
    this.#written.push([at, TASK_TABLES.indexOf(table), rows, firstId, digest, bytes, sha256(pieces)])
    while (this.#underWay.size >= AT_ONCE) await Promise.race(this.#underWay)
    const { pass, group } = this.#task
    const put = this.#objects.put(writtenFile(this.#plan, pass, group, at, table), pieces).finally(() => {
      this.#underWay.delete(put)
    })
    // Thrown where it is awaited.
    put.catch(() => {})
    this.#underWay.add(put)
  }
}

/** The file of what a task wrote into a table. @param at as in `Written` */
export function writtenFile(
  { setup, config, output }: Plan,
  pass: Pass,
  group: number,
  at: number,
  table: string,
): string {
  const { format } = output as FilesOutput
  const day = config.startDay + (pass === 1 ? 0 : at)
  const part = pass === 1 ? `chunk-${at}` : `part-${String(group).padStart(5, '0')}`
  return dayFile(table, day, `run-${setup.runId}-${part}`, format)
}
