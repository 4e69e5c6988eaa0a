import { type EventHandle, type EventHandler, makeUserRng, Simulation, type Stream } from '../../sim/kernel/index.ts'

const UP = 0
const BEGIN = 1
const END = 2
const DEATH = 3
const RETURN = 4
const SUBMIT = 5
const ARRIVAL = 6
/** Simulated seconds between two looks at whether all is done. */
const STRETCH = 1e5

/** What a cluster is, and what it has to do. Times are seconds. */
export interface ClusterInput {
  /**
   * One pass after the other: how long each task keeps a core that does nothing else. The tasks of a pass are taken in their
   * order, those of the next when all of it is seen to be done.
   */
  readonly passes: readonly (readonly number[])[]
  /** When each task of the first pass comes to the queue; default: all at once. */
  readonly arrivals?: readonly number[]
  readonly workers: number
  /** Cores that all workers share alike; default: one for each. */
  readonly cores?: number
  /** How fast a core is when so many are busy, of 1; default: always 1. */
  readonly speed?: (busyCores: number) => number
  /** Before the tasks of the first pass: the planner. Default 0, as all that follow. */
  readonly before?: number
  /** Between the end of one pass and the tasks of the next. */
  readonly between?: number
  /** Behind the last pass: the ledger. */
  readonly after?: number
  /** Until a worker that starts takes its first task, and what its first task of each pass takes longer. */
  readonly startUp?: number
  readonly warmUp?: number
  /** Between the end of a task, or its coming to the queue, and its being worked on. */
  readonly pickUp?: number
  /** The coordinator looks so often whether a pass is done. */
  readonly look?: number
  readonly deaths?: {
    /** Mean time between two deaths of one worker, exponential. */
    readonly meanBetween: number
    /** Until another is there in its place. */
    readonly restart: number
    /** A dead worker's task comes back to the queue between one and two of these later; 0: at once. */
    readonly lock: number
  }
  readonly stragglers?: { readonly share: number; readonly factor: number }
  /** Names the draws of deaths and stragglers. */
  readonly seed?: string
}

export interface ClusterOutput {
  /** Until all is done and entered. */
  readonly makespan: number
  /** Work that was done, and of it what died with its worker; seconds of a core. */
  readonly worked: number
  readonly lost: number
  readonly attempts: number
  /** By task of the first pass: from its arrival until somebody works on it for the first time. */
  readonly waits: readonly number[]
}

/** A worker's task under way. */
interface UnderWay {
  readonly task: number
  readonly work: number
  /** Of the work, at the time `since`. */
  left: number
  since: number
  end: EventHandle
}

/**
 * A queue of tasks and the workers that take them, in the order in which they became free. Workers share cores as a system's
 * scheduler lets them: all alike. They die, and their tasks come back when their locks have run out.
 */
export class SimulatedCluster implements EventHandler {
  readonly #input: ClusterInput
  readonly #simulation = new Simulation()
  readonly #draws: Stream
  readonly #cores: number
  #pass = -1
  #open = 0
  readonly #queue: number[] = []
  readonly #idle: number[] = []
  readonly #underWay: (UnderWay | undefined)[] = []
  /** By worker: the last pass of which it had a task, and the task that it has now, or −1. */
  readonly #warm: number[] = []
  readonly #taken: number[] = []
  #busy = 0
  #rate = 1
  #passEnded = 0
  /** Whether how fast one is hangs on how many others are busy. */
  readonly #shared: boolean
  #output = { worked: 0, lost: 0, attempts: 0 }
  readonly #waits: number[] = []

  constructor(input: ClusterInput) {
    this.#input = input
    this.#cores = input.cores ?? input.workers
    this.#shared = this.#cores < input.workers || input.speed !== undefined
    this.#draws = makeUserRng(input.seed ?? 'cluster', 1, 'cluster')
    for (let worker = 0; worker < input.workers; worker++) this.#schedule(input.startUp ?? 0, UP, worker, 0)
    this.#schedule(input.before ?? 0, SUBMIT, 0, 0)
  }

  /** Lives through it to its end. */
  run(): ClusterOutput {
    // Deaths go on for ever: the run ends when nothing is left to do.
    while (!this.#isDone) {
      const before = this.#simulation.executed
      this.#simulation.runUntil(this.#simulation.now + STRETCH, this)
      if (this.#simulation.executed === before && this.#simulation.pending === 0) {
        throw new Error('a cluster whose tasks are never taken: it needs a worker')
      }
    }
    const { after = 0 } = this.#input
    return { makespan: this.#seen(this.#passEnded) + after, ...this.#output, waits: this.#waits }
  }

  handle(kind: number, agent: number, task: number, _b: number, _time: number): void {
    if (this.#isDone) return
    if (kind === UP) this.#up(agent)
    else if (kind === BEGIN) this.#begin(agent, task)
    else if (kind === END) this.#end(agent)
    else if (kind === DEATH) this.#die(agent)
    else if (kind === SUBMIT) this.#submit()
    else {
      // It arrives, or comes back.
      this.#queue.push(task)
      this.#deal()
    }
  }

  get #isDone(): boolean {
    return this.#pass === this.#input.passes.length
  }

  #submit(): void {
    const { passes, arrivals } = this.#input
    this.#pass++
    const tasks = passes[this.#pass]
    if (!tasks) return
    this.#open = tasks.length
    if (tasks.length === 0) this.#passDone()
    for (const [task] of tasks.entries()) {
      if (this.#pass === 0 && arrivals) this.#schedule(arrivals[task]!, ARRIVAL, 0, task)
      else this.#queue.push(task)
    }
    this.#deal()
  }

  #up(worker: number): void {
    const { deaths } = this.#input
    this.#warm[worker] = -1
    if (deaths) this.#schedule(this.#draws.exponential(deaths.meanBetween), DEATH, worker, 0)
    this.#idle.push(worker)
    this.#deal()
  }

  /** Gives tasks that wait to workers that wait. */
  #deal(): void {
    while (this.#queue.length > 0 && this.#idle.length > 0) {
      const [worker, task] = [this.#idle.shift()!, this.#queue.shift()!]
      this.#taken[worker] = task
      this.#schedule(this.#input.pickUp ?? 0, BEGIN, worker, task)
    }
  }

  #begin(worker: number, task: number): void {
    // It died meanwhile, and its task is on its way back.
    if (this.#taken[worker] !== task || this.#underWay[worker]) return
    const { passes, arrivals, before = 0, warmUp = 0, stragglers } = this.#input
    const { now } = this.#simulation
    let work = passes[this.#pass]![task]!
    if (this.#warm[worker] !== this.#pass) work += warmUp
    this.#warm[worker] = this.#pass
    if (stragglers && this.#draws.next() < stragglers.share) work *= stragglers.factor
    if (this.#pass === 0) this.#waits[task] ??= now - (arrivals?.[task] ?? before)
    this.#output.attempts++
    this.#settle()
    this.#busy++
    this.#underWay[worker] = { task, work, left: work, since: now, end: -1 }
    this.#share(worker)
  }

  #end(worker: number): void {
    this.#settle()
    this.#advance(this.#underWay[worker]!)
    this.#underWay[worker] = undefined
    this.#taken[worker] = -1
    this.#busy--
    this.#share()
    this.#open--
    if (this.#open === 0) this.#passDone()
    this.#idle.push(worker)
    this.#deal()
  }

  #passDone(): void {
    const { now } = this.#simulation
    this.#passEnded = now
    const { between = 0, passes } = this.#input
    // Without another pass nothing is worked out in between.
    const next = this.#pass + 1 < passes.length ? this.#seen(now) + between : now
    this.#schedule(next - now, SUBMIT, 0, 0)
  }

  #die(worker: number): void {
    const { restart, lock } = this.#input.deaths!
    const task = this.#taken[worker]
    const idle = this.#idle.indexOf(worker)
    if (idle >= 0) this.#idle.splice(idle, 1)
    else if (task !== undefined && task >= 0) {
      const underWay = this.#underWay[worker]
      if (underWay) {
        this.#settle()
        this.#simulation.cancel(underWay.end)
        this.#advance(underWay)
        this.#output.lost += underWay.work - underWay.left
        this.#underWay[worker] = undefined
        this.#busy--
        this.#share()
      }
      this.#taken[worker] = -1
      this.#schedule(lock === 0 ? 0 : lock * (1 + this.#draws.next()), RETURN, 0, task)
    }
    this.#schedule(restart, UP, worker, 0)
  }

  /** Brings what is under way up to now, as it will be faster or slower from here on. */
  #settle(): void {
    if (this.#shared) for (const each of this.#underWay) if (each) this.#advance(each)
  }

  #advance(underWay: UnderWay): void {
    const { now } = this.#simulation
    const done = (now - underWay.since) * this.#rate
    underWay.since = now
    underWay.left -= done
    this.#output.worked += done
  }

  /** How fast everybody is from now on, and when each therefore ends. @param fresh a worker that has just begun */
  #share(fresh?: number): void {
    const rate = this.#rateOf(this.#busy)
    const isSame = rate === this.#rate
    this.#rate = rate
    if (isSame) {
      if (fresh !== undefined) this.#plan(fresh)
      return
    }
    for (const [worker, each] of this.#underWay.entries()) {
      if (!each) continue
      if (worker !== fresh) this.#simulation.cancel(each.end)
      this.#plan(worker)
    }
  }

  #plan(worker: number): void {
    const each = this.#underWay[worker]!
    each.end = this.#schedule(Math.max(0, each.left) / this.#rate, END, worker, each.task)
  }

  #rateOf(busy: number): number {
    if (busy === 0) return 1
    const cores = Math.min(busy, this.#cores)
    return (cores / busy) * (this.#input.speed?.(cores) ?? 1)
  }

  /** When the coordinator knows of what was done by then. */
  #seen(time: number): number {
    const { look = 0, before = 0 } = this.#input
    return look === 0 ? time : before + Math.ceil((time - before) / look) * look
  }

  #schedule(delay: number, kind: number, worker: number, task: number): EventHandle {
    // What ends comes before what begins at the same moment.
    const priority = kind === END ? 0 : 1
    return this.#simulation.schedule(this.#simulation.now + delay, priority, kind, worker, task, 0)
  }
}
