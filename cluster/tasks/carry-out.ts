import { type ObjectStore, openObjects } from '../objects/index.ts'
import { sha256 } from '../plan/canonical.ts'
import { outcomeKey, type Plan, planName, type Task } from '../plan/plan.ts'
import { countedDay, countGroup } from './count-pass.ts'
import { groupDigest } from './fact-digest.ts'
import { FileTarget } from './file-target.ts'
import { encodeCounts } from './group-counts.ts'
import { RunMarkets } from './group-markets.ts'
import { type CountOutcome, type Outcome, outcomeOf, putOutcome } from './outcome.ts'
import { writeGroup } from './write-pass.ts'

/** All that carrying out one task takes. Plain data. */
export interface TaskOrder {
  readonly plan: Plan
  readonly task: Task
  /** Where outcomes are kept, and where files go. */
  readonly control: string
  readonly output: string
}

/** @param told how much of the task is done, of how much */
export type TaskListener = (done: number, of: number) => void

/** Carries out tasks one after the other, on this thread. What tasks of one plan share is kept between them. */
export class TaskHand {
  #plan: { readonly name: string; readonly markets: RunMarkets } | undefined

  /** Carries out a task, unless it has its manifest already. */
  async carryOut(order: TaskOrder, told: TaskListener = () => {}): Promise<Outcome> {
    const { plan, task } = order
    const control = await openObjects(order.control)
    try {
      const there = await outcomeOf(control, task)
      if (there) return there
      return task.pass === 1 ? await this.#count(plan, task, control, told) : await this.#write(order, control, told)
    } finally {
      await control.close()
    }
  }

  async #count(plan: Plan, task: Task, control: ObjectStore, told: TaskListener): Promise<Outcome> {
    const { length } = plan.groups[task.group]!
    const counts = countGroup(plan, this.#markets(plan), task.group, (done) => told(done, length))
    const bytes = encodeCounts(counts)
    const key = `${outcomeKey(task)}.counts`
    await control.put(key, [bytes])
    const outcome: CountOutcome = {
      task: task.id,
      pass: 1,
      group: task.group,
      days: counts.days.map((markets) => countedDay(markets.map((each) => each.counts))),
      facts: counts.days.map((markets) => groupDigest(markets.map(({ summary }) => summary))),
      object: { key, bytes: bytes.length, sha256: sha256([bytes]) },
    }
    await putOutcome(control, task, outcome)
    return outcome
  }

  async #write(order: TaskOrder, control: ObjectStore, told: TaskListener): Promise<Outcome> {
    const { plan, task } = order
    const objects = await openObjects(order.output)
    try {
      const target = new FileTarget(plan, task, objects, control)
      const outcome = await writeGroup(plan, task, this.#markets(plan), target, (done) => told(done, plan.days))
      await target.settle(outcome)
      return outcome
    } finally {
      await objects.close()
    }
  }

  #markets(plan: Plan): RunMarkets {
    const name = planName(plan)
    if (this.#plan?.name !== name) this.#plan = { name, markets: new RunMarkets(plan.config) }
    return this.#plan.markets
  }
}
