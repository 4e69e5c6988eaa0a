import { type Block, blocksByTable, DAY_TABLES, type DayTable, dayFile, FORMATS, TABLES } from '../../persist/index.ts'
import type { ObjectStore } from '../objects/index.ts'
import { sha256 } from '../plan/canonical.ts'
import type { Plan, Task } from '../plan/plan.ts'
import { putOutcome, type WriteOutcome, type Written } from './outcome.ts'
import { sumOf } from './sums.ts'
import type { Target } from './target.ts'

/** Files under way at once: on a disk that is slow to sync, or in a bucket that is far. */
const AT_ONCE = 8

/** A file per table, day and group. They are put beside the simulation of the day that follows. */
export class FileTarget implements Target {
  readonly #plan: Plan
  readonly #task: Task
  readonly #objects: ObjectStore
  readonly #control: ObjectStore
  readonly #written: Written[] = []
  readonly #underWay = new Set<Promise<void>>()

  constructor(plan: Plan, task: Task, objects: ObjectStore, control: ObjectStore) {
    this.#plan = plan
    this.#task = task
    this.#objects = objects
    this.#control = control
  }

  async write(day: number, blocks: readonly Block[]): Promise<void> {
    const { format: name } = this.#plan.output
    const format = FORMATS[name]
    for (const [table, own] of blocksByTable(blocks)) {
      const pieces = format.join(
        TABLES[table as DayTable],
        own.map(({ data }) => data),
      )
      const { rows, hex } = sumOf(own)
      const bytes = pieces.reduce((sum, { length }) => sum + length, 0)
      const at = DAY_TABLES.indexOf(table as DayTable)
      this.#written.push([day, at, rows, own[0]!.firstId, hex, bytes, sha256(pieces)])
      while (this.#underWay.size >= AT_ONCE) await Promise.race(this.#underWay)
      const put = this.#objects.put(groupFile(this.#plan, this.#task.group, day, table), pieces).finally(() => {
        this.#underWay.delete(put)
      })
      // Thrown where it is awaited.
      put.catch(() => {})
      this.#underWay.add(put)
    }
  }

  async end(): Promise<Written[]> {
    await Promise.all(this.#underWay)
    return this.#written
  }

  async settle(outcome: WriteOutcome): Promise<void> {
    await putOutcome(this.#control, this.#task, outcome)
  }
}

/** The file of a group's rows of a table and day. */
export function groupFile({ runId, config, output }: Plan, group: number, day: number, table: string): string {
  return dayFile(table, config.startDay + day, `run-${runId}-part-${String(group).padStart(5, '0')}`, output.format)
}
