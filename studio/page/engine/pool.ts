import type { RatesAnswer, RatesOrder } from '../worker/protocol.ts'

/** Person-days after which the engine has compiled, and compiled anew, all that a run goes through. */
export const PRACTISED = 120_000

/** One run to be simulated. `rank` says how urgent: the smallest first. */
export interface Task {
  readonly id: string
  readonly rank: number
  /**
   * Nobody waits for it: done while all workers have nothing else, by one whose code is not compiled yet. No listener hears
   * of it.
   */
  readonly isPractice?: true
  readonly order: Omit<Extract<RatesOrder, { type: 'run' }>, 'job' | 'type'>
}

/** Hears what comes of the tasks, each by its id. */
export interface TaskListener {
  answer(id: string, answer: RatesAnswer): void
  /** The worker died and was started anew; its task is taken up again, unless it died twice of it. */
  died(id: string | null, again: boolean, why: string): void
}

interface Slot {
  worker: Worker
  job: number
  /** What it is at, wanted still or not. */
  task: Task | null
  /** Person-days of whole runs so far. */
  lived: number
}

/**
 * A few workers that simulate whatever is wanted most. `want` says what that is: work on anything else is given up at the
 * next day boundary.
 */
export class Pool {
  private readonly slots: Slot[] = []
  private readonly listener: TaskListener
  private wanted: readonly Task[] = []
  private readonly finished = new Set<string>()
  private readonly deaths = new Map<string, number>()
  /** Whether a worker died of practice: there is none from then on. */
  private practiceKills = false
  private jobs = 0
  /** Set while nothing is started. */
  private resting: ReturnType<typeof setTimeout> | undefined

  constructor(size: number, listener: TaskListener) {
    this.listener = listener
    for (let i = 0; i < size; i++) this.slots.push({ worker: this.start(i), job: -1, task: null, lived: 0 })
  }

  /**
   * @param tasks all that is wanted from now on
   * @param restMs what is not wanted any more is given up at once, what is wanted starts after so long
   */
  want(tasks: readonly Task[], restMs: number): void {
    this.wanted = [...tasks].sort((a, b) => a.rank - b.rank)
    const ids = new Set(tasks.map((task) => task.id))
    for (const id of this.finished) if (!ids.has(id)) this.finished.delete(id)
    const urgent = this.next()
    for (const slot of this.slots) {
      if (slot.task === null) continue
      if (!ids.has(slot.task.id) || (urgent && slot.task.isPractice)) this.cancel(slot)
    }
    // What is wanted first must not wait for replications of the baseline.
    if (urgent && urgent.rank === 0 && this.slots.every((slot) => slot.task !== null && slot.job >= 0)) {
      const rankOf = (slot: Slot) =>
        this.wanted.find(({ id }) => id === slot.task?.id)?.rank ?? Number.POSITIVE_INFINITY
      const least = [...this.slots].sort((a, b) => rankOf(b) - rankOf(a))[0]!
      if (rankOf(least) > 0) this.cancel(least)
    }
    clearTimeout(this.resting)
    this.resting = setTimeout(() => {
      this.resting = undefined
      this.fill()
    }, restMs)
  }

  /** Marks a worker's job as given up; it answers at the next day boundary. */
  private cancel(slot: Slot): void {
    if (slot.job < 0) return
    slot.job = -1
    slot.worker.postMessage({ type: 'cancel' } satisfies RatesOrder)
  }

  /** @param slot who would do it; without, whoever is practised */
  private next(slot?: Slot): Task | undefined {
    const under = new Set(this.slots.filter((slot) => slot.job >= 0).map((slot) => slot.task?.id))
    // Practice beside what was asked would take a processor from it.
    const isIdle = this.slots.every(({ task }) => task === null || task.isPractice)
    const practises = isIdle && !this.practiceKills && slot !== undefined && slot.lived < PRACTISED
    return this.wanted.find(
      (task) => !this.finished.has(task.id) && !under.has(task.id) && (practises || !task.isPractice),
    )
  }

  private fill(): void {
    if (this.resting !== undefined) return
    for (const slot of this.slots) {
      if (slot.task !== null) continue
      const task = this.next(slot)
      if (!task) continue
      slot.job = ++this.jobs
      slot.task = task
      slot.worker.postMessage({ type: 'run', job: slot.job, ...task.order } satisfies RatesOrder)
    }
  }

  private start(index: number): Worker {
    const worker = new Worker(new URL('../worker/rates.ts', import.meta.url), { type: 'module', name: 'rates' })
    worker.onmessage = ({ data }: MessageEvent<RatesAnswer>) => this.take(this.slots[index]!, data)
    worker.onerror = (event) => this.replace(index, event.message || 'the worker could not be loaded')
    return worker
  }

  private take(slot: Slot, answer: RatesAnswer): void {
    const { task } = slot
    const current = answer.job === slot.job
    const over = answer.type === 'cancelled' || answer.type === 'done' || answer.type === 'failed'
    if (current && task !== null) {
      if (over) this.finished.add(task.id)
      if (answer.type === 'done') slot.lived += personDays(task)
      if (!task.isPractice) this.listener.answer(task.id, answer)
    }
    if (!over) return
    slot.task = null
    slot.job = -1
    this.fill()
  }

  /** A worker that dies is started again; a task that kills it twice is left alone, and of practice that does there is no more. */
  private replace(index: number, why: string): void {
    const slot = this.slots[index]!
    const { task } = slot
    slot.worker.terminate()
    slot.worker = this.start(index)
    slot.lived = 0
    slot.task = null
    slot.job = -1
    if (task?.isPractice) {
      this.practiceKills = true
      this.fill()
      return
    }
    const deaths = task === null ? 1 : (this.deaths.get(task.id) ?? 0) + 1
    if (task !== null) {
      this.deaths.set(task.id, deaths)
      if (deaths > 1) this.finished.add(task.id)
    }
    this.listener.died(task?.id ?? null, deaths === 1, why)
    if (deaths === 1) this.fill()
  }

  /** For tests: kills the first worker as a crash would. */
  crash(): void {
    this.replace(0, 'it was stopped')
  }
}

function personDays({ order }: Task): number {
  return (order.input.count ?? 0) * order.days
}
