import type { ObjectStore } from '../../persist/index.ts'
import { type CountOutcome, outcomeOf, type WriteOutcome } from '../plan/outcome.ts'
import { type Places, placesOf } from '../plan/places.ts'
import { firstIds, outcomeKey, type Plan, planName, type Task, taskOf } from '../plan/plan.ts'
import { persistentObjects } from './persistent-objects.ts'

/** How far a plan is, by the manifests that are there, and nothing else. */
export class Standing {
  readonly plan: Plan
  readonly #control: ObjectStore
  readonly #name: string
  readonly #counted: (CountOutcome | undefined)[]
  #places: Places | undefined

  constructor(plan: Plan, control: ObjectStore) {
    this.plan = plan
    this.#control = persistentObjects(control)
    this.#name = planName(plan)
    this.#counted = plan.groups.map(() => undefined)
  }

  /** What was read is read again: manifests may have been removed. */
  forget(): void {
    this.#counted.fill(undefined)
    this.#places = undefined
  }

  /** Tasks of pass 1, by group. */
  get counting(): Task[] {
    return this.plan.groups.map((_, group) => taskOf(this.#name, 1, group))
  }

  /** Tasks of pass 2, by group; null as long as a count is missing. */
  async writing(): Promise<Task[] | null> {
    const places = await this.places()
    return places && this.plan.groups.map((_, group) => taskOf(this.#name, 2, group, places.groups[group]))
  }

  /** Everybody's first ids; null as long as a count is missing. */
  async places(): Promise<Places | null> {
    if (this.#places) return this.#places
    const counted = await this.counted()
    if (counted.some((outcome) => outcome === undefined)) return null
    const days = counted.map((outcome) => outcome!.days)
    return (this.#places = placesOf(days, firstIds(this.plan)))
  }

  /** Outcomes of pass 1, by group. */
  async counted(): Promise<readonly (CountOutcome | undefined)[]> {
    const open = (await this.open(this.counting)).map(({ group }) => group)
    for (const task of this.counting) {
      if (this.#counted[task.group] || open.includes(task.group)) continue
      this.#counted[task.group] = (await outcomeOf<CountOutcome>(this.#control, task)) ?? undefined
    }
    return this.#counted
  }

  async written(task: Task): Promise<WriteOutcome | null> {
    return outcomeOf<WriteOutcome>(this.#control, task)
  }

  /** Those of some tasks of one pass that have no manifest. */
  async open(tasks: readonly Task[]): Promise<Task[]> {
    if (tasks.length === 0) return []
    const there = new Set((await this.#control.list(`pass-${tasks[0]!.pass}/`)).map(({ key }) => key))
    return tasks.filter((task) => !there.has(`${outcomeKey(task)}.json`))
  }
}
