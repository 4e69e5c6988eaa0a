import { type ObjectStore, openObjects } from '../../persist/index.ts'
import type { MarketDay } from '../../sim/index.ts'
import { persistentObjects } from '../control/persistent-objects.ts'
import { type Contact, persistently } from '../control/persistently.ts'
import { sha256 } from '../plan/canonical.ts'
import { type CountOutcome, type Outcome, outcomeOf, putOutcome, type WriteOutcome } from '../plan/outcome.ts'
import { chunksOf, outcomeKey, type Plan, planName, type Task, taskOf } from '../plan/plan.ts'
import { checkPlace } from './check-place.ts'
import { countedDay, countGroup } from './count-pass.ts'
import { DatabaseTarget, QuickerTask } from './database-target.ts'
import { groupDigest } from './fact-digest.ts'
import { FileTarget } from './file-target.ts'
import { encodeCounts } from './group-counts.ts'
import { RunMarkets } from './group-markets.ts'
import { GroupDays } from './kept/group-days.ts'
import { KeptDays } from './kept/kept-days.ts'
import type { Scratch } from './kept/scratch.ts'
import type { Target } from './target.ts'
import { writeGroup } from './write-pass.ts'
import { writeGroupPeople } from './write-people.ts'

/** How long another session with the same task may say nothing before its rows are no longer waited for. */
const PATIENCE_SECONDS = 30

/** All that carrying out one task takes. Plain data. */
export interface TaskOrder {
  readonly plan: Plan
  readonly task: Task
  /** Where outcomes are kept, and where rows go, as this machine reaches them. */
  readonly control: string
  readonly output: string
  /** Seconds that another who carries out the same task may say nothing; default 30. */
  readonly patience?: number | undefined
  /** Where days of pass 1 are kept for pass 2; absent: nowhere, and pass 2 lives through them again. */
  readonly scratch?: Scratch | null
  /** Whether a database that rows go to has answered this machine: it is waited for, then, where it is away. Default false. */
  readonly reached?: boolean
}

/** @param told how much of the task is done, of how much */
export type TaskListener = (done: number, of: number) => void

/** Carries out tasks one after the other, on this thread. What tasks of one plan share is kept between them. */
export class TaskHand {
  #plan: { readonly name: string; readonly markets: RunMarkets } | undefined
  /** The database in which the run was seen to be. */
  #place: string | undefined

  /** Carries out a task, unless it has its manifest already. */
  async carryOut(order: TaskOrder, told: TaskListener = () => {}): Promise<Outcome> {
    const { task } = order
    const control = persistentObjects(await openObjects(order.control))
    try {
      const there = await outcomeOf(control, task)
      if (there) return there
      const contact = { reached: order.reached === true || this.#place === placeOf(order) }
      const outcome = await this.#persistently(order, contact, async () => {
        await this.#checkPlace(order, contact)
        return this.#carryOut(order, control, told)
      })
      await putOutcome(control, task, outcome)
      return outcome
    } finally {
      await control.close()
    }
  }

  async #carryOut(order: TaskOrder, control: ObjectStore, told: TaskListener): Promise<Outcome> {
    const { plan, task, scratch } = order
    const kept = scratch ? new KeptDays(scratch) : null
    // A group without a share of the people has nothing to write in pass 1.
    const [from, to] = chunksOf(plan, task.group)
    const target = task.pass === 2 || from < to ? await targetOf(order) : null
    try {
      const there = await target?.begin()
      if (there && (await this.#stands(there, control))) return there
      const outcome =
        task.pass === 1
          ? await this.#count(plan, task, control, target, kept, told)
          : await this.#write(plan, task, target!, kept, told)
      await target?.settle(outcome)
      return outcome
    } catch (error) {
      if (error instanceof QuickerTask) return error.outcome
      throw error
    } finally {
      await target?.close()
    }
  }

  async #count(
    plan: Plan,
    task: Task,
    control: ObjectStore,
    target: Target | null,
    kept: KeptDays | null,
    told: TaskListener,
  ): Promise<CountOutcome> {
    const markets = this.#markets(plan)
    const ids = plan.groups[task.group]!
    const count = (keep?: (facts: MarketDay) => void) =>
      countGroup(plan, markets, task.group, (done) => told(done, ids.length), keep)
    const keeper = kept?.keep(task.id, markets.sizes(ids), plan.days)
    const { counts, pictures } = keeper ? keeper.during(count) : count()
    const bytes = encodeCounts(counts)
    const key = countsKey(task)
    await control.put(key, [bytes])
    const marks = target ? await writeGroupPeople(plan, task.group, markets, target) : []
    return {
      task: task.id,
      pass: 1,
      group: task.group,
      days: counts.days.map((each, day) => {
        return countedDay(
          each.map((market) => market.counts),
          pictures[day]!,
        )
      }),
      facts: counts.days.map((each) => groupDigest(each.map(({ summary }) => summary))),
      object: { key, bytes: bytes.length, sha256: sha256([bytes]) },
      written: (await target?.end()) ?? [],
      marks,
    }
  }

  async #write(
    plan: Plan,
    task: Task,
    target: Target,
    kept: KeptDays | null,
    told: TaskListener,
  ): Promise<WriteOutcome> {
    const markets = this.#markets(plan)
    const ids = plan.groups[task.group]!
    const { id } = taskOf(planName(plan), 1, task.group)
    const days = new GroupDays(markets, ids, kept?.take(id, ids, plan.days) ?? null)
    try {
      return await writeGroup(plan, task, markets, days, target, (done) => told(done, plan.days))
    } finally {
      days.close()
    }
  }

  /** Whether what a task left beside its rows is still there. */
  async #stands(outcome: Outcome, control: ObjectStore): Promise<boolean> {
    return outcome.pass === 2 || (await control.get(outcome.object.key)) !== null
  }

  /** For each task where rows are files, which a folder takes of a run that was reset, too; a database refuses them by itself. */
  async #checkPlace(order: TaskOrder, contact: Contact): Promise<void> {
    const { plan, output } = order
    const place = placeOf(order)
    if (plan.output.kind === 'database' && this.#place === place) return
    await checkPlace(plan, output, contact)
    this.#place = place
  }

  #markets(plan: Plan): RunMarkets {
    const name = planName(plan)
    if (this.#plan?.name !== name) this.#plan = { name, markets: new RunMarkets(plan.config) }
    return this.#plan.markets
  }

  /** Again where the database broke off: whether the task was committed all the same, its record tells. */
  #persistently<T>({ plan }: TaskOrder, contact: Contact, attempt: () => Promise<T>): Promise<T> {
    return plan.output.kind === 'files' ? attempt() : persistently(attempt, 'carry out the task again', contact)
  }
}

/** Of a plan's rows, as this machine reaches it. */
function placeOf({ plan, output }: TaskOrder): string {
  return `${planName(plan)} ${output}`
}

async function targetOf({ plan, task, output, patience = PATIENCE_SECONDS }: TaskOrder): Promise<Target> {
  return plan.output.kind === 'files'
    ? FileTarget.open(plan, plan.output, task, output)
    : DatabaseTarget.open(plan, task, output, patience * 1000)
}

function countsKey(task: Task): string {
  return `${outcomeKey(task)}.counts`
}
