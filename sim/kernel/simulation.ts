import { badInput, MingleError } from './error.ts'
import type { EventHandler } from './event-handler.ts'
import { MomentGuard } from './moment-guard.ts'
import {
  createQueue,
  DEFAULT_QUEUE,
  type EventHandle,
  type EventQueue,
  EventTable,
  type QueueName,
} from './queue/index.ts'

/** A slot of the table, its link, and its place in a heap or among the heads of the calendar. */
const BYTES_PER_SLOT = 32 + 4 + 8
/** Cancelled events are swept out when they outnumber the pending ones and this. */
const TOLERATED_DEAD = 64

/** The state of a simulation as plain columns, ready for `encodeSections`. */
export interface SimulationState {
  /** Time and rank of each slot. */
  readonly keys: Float64Array
  /** Agent, a, b and state of each slot. */
  readonly events: Int32Array
  /** [sequence, slots used, first free slot, first cold slot, its bound, now, executed]. */
  readonly counts: Float64Array
  /** The slots of the pending events. */
  readonly pending: Int32Array
}

/**
 * A simulated clock, the pending events and the loop that executes them by (time, priority, sequence), where the
 * sequence counts the calls of `schedule`. Events are data: no object or closure is made for one. Times are doubles
 * in the model's unit (in Mingle whole milliseconds since the run's start).
 */
export class Simulation {
  readonly #table = new EventTable()
  readonly #queue: EventQueue
  /** The time, one double. As a field of its own every event would box it anew. */
  readonly #clock = new Float64Array(1)
  #executed = 0
  #running = false
  readonly #maxEventsAtOnce: number

  /**
   * @param options.queue one of `QUEUE_NAMES`; the run is the same on each
   * @param options.start the first `now`, 0 if not given
   * @param options.maxEventsAtOnce how many events one run may execute at one time before `ENDLESS_MOMENT` is thrown,
   * 1 or more; not given, a model whose events schedule each other without delay runs for ever
   */
  constructor(options: { queue?: QueueName; start?: number; maxEventsAtOnce?: number } = {}) {
    const { queue = DEFAULT_QUEUE, start = 0, maxEventsAtOnce = Infinity } = options
    if (!Number.isFinite(start)) throw badInput(`start is a finite time, not ${String(start)}`)
    if (!(typeof maxEventsAtOnce === 'number' && maxEventsAtOnce >= 1)) {
      throw badInput(`maxEventsAtOnce is 1 or more, not ${String(maxEventsAtOnce)}; leave it out for no limit`)
    }
    this.#clock[0] = start
    this.#maxEventsAtOnce = maxEventsAtOnce
    this.#queue = createQueue(queue, this.#table)
  }

  /** The time of the event being handled; between runs, the time given to the last `runUntil`. */
  get now(): number {
    return this.#clock[0]!
  }

  /** Events scheduled and neither executed nor cancelled. */
  get pending(): number {
    return this.#table.held - this.#table.dead
  }

  /** Bytes held for events, about: there is room for the most that were ever on the list at a time. */
  get bytes(): number {
    return this.#table.capacity() * BYTES_PER_SLOT
  }

  /** Events executed so far. */
  get executed(): number {
    return this.#executed
  }

  /**
   * Puts an event on the list, in O(1) or O(log pending), and returns a handle for `cancel`.
   *
   * @param time finite, `now` or later; an event of time `now` still runs, after those scheduled before it for then
   * @param priority a whole number, 0…255; of equal times the lower runs first
   * @param kind a whole number, 0…255
   * @param agent, a, b signed 32-bit integers, handed to the handler as they are
   * Throws `PAST_EVENT` for a time before `now`, `BAD_INPUT` for any other value: nothing is rounded or cut off.
   */
  schedule(time: number, priority: number, kind: number, agent: number, a: number, b: number): EventHandle {
    const slot = this.#add(time, priority, kind, agent, a, b)
    this.#queue.push(slot)
    return this.#table.handle(slot)
  }

  /** As `schedule`, for an event that nobody will cancel: no handle is made. */
  launch(time: number, priority: number, kind: number, agent: number, a: number, b: number): void {
    this.#queue.push(this.#add(time, priority, kind, agent, a, b))
  }

  /**
   * Takes an event off the list, in O(1) amortised. False, and nothing happens, if it has run, was cancelled, or was
   * never scheduled: a stale handle is harmless for ever.
   */
  cancel(handle: EventHandle): boolean {
    const table = this.#table
    if (!table.cancel(handle)) return false
    const { dead, held } = table
    if (dead > TOLERATED_DEAD && dead * 2 > held) {
      this.#queue.compact()
      table.orderFree(dead)
    }
    return true
  }

  /**
   * Executes every event with a time below `time`, also those scheduled meanwhile, then sets `now` to `time`. An
   * infinite `time` runs until no event is left, and leaves `now` at the last one. Returns how many were executed.
   * If the handler throws, that event counts as executed and the run can be continued.
   * Throws `ENDLESS_MOMENT` when more than `maxEventsAtOnce` events have run at one time.
   */
  runUntil(time: number, handler: EventHandler): number {
    if (!(typeof time === 'number' && time >= this.#clock[0]!)) {
      throw badInput(`runUntil takes a time from now (${this.#clock[0]}) on, not ${String(time)}`)
    }
    if (this.#running)
      throw new MingleError('NESTED_RUN', 'runUntil was called by a handler; schedule an event instead')
    this.#running = true
    const before = this.#executed
    try {
      this.#run(time, this.#maxEventsAtOnce < Infinity ? new MomentGuard(handler, this.#maxEventsAtOnce) : handler)
    } finally {
      this.#running = false
    }
    if (time < Infinity) this.#clock[0] = time
    return this.#executed - before
  }

  /** The whole state as plain columns. Handles given before stay good after `restore`. Not to be called by a handler. */
  save(): SimulationState {
    this.#refuseWhileRunning('save')
    this.#queue.compact()
    const { keys, events, counts } = this.#table.save()
    return {
      keys,
      events,
      counts: Float64Array.of(...counts, this.#clock[0]!, this.#executed),
      pending: this.#queue.slots().sort((a, b) => a - b),
    }
  }

  /** Goes on from a saved state, which may come from a simulation on another queue. What was pending here is lost. */
  restore(state: SimulationState): void {
    this.#refuseWhileRunning('restore')
    const { keys, events, counts, pending } = state
    const used = counts[1]!
    const fits = counts.length === 7 && keys.length === used * 2 && events.length === used * 4
    if (!fits || !pending.every((slot) => slot >= 0 && slot < used)) {
      throw new MingleError('BAD_SNAPSHOT', 'the columns of the saved simulation do not fit each other')
    }
    this.#queue.clear()
    this.#table.restore(keys, events, counts, pending.length)
    this.#clock[0] = counts[5]!
    this.#executed = counts[6]!
    for (let i = 0; i < pending.length; i++) this.#queue.push(pending[i]!)
  }

  #run(time: number, handler: EventHandler): void {
    const table = this.#table
    const queue = this.#queue
    for (let slot = queue.popBefore(time); slot >= 0; slot = queue.popBefore(time)) {
      const now = table.time(slot)
      const agent = table.agent(slot)
      const a = table.a(slot)
      const b = table.b(slot)
      const kind = table.release(slot)
      if (kind < 0) continue
      this.#clock[0] = now
      this.#executed++
      handler.handle(kind, agent, a, b, now)
    }
  }

  #add(time: number, priority: number, kind: number, agent: number, a: number, b: number): number {
    if (!(time >= this.#clock[0]! && time < Infinity)) this.#refuse(time)
    // What is not a whole number of so many bits is not equal to its own bits.
    if ((priority & 255) !== priority || (kind & 255) !== kind) refuseByte(priority, kind)
    if ((agent | 0) !== agent || (a | 0) !== a || (b | 0) !== b) refuseOperands(agent, a, b)
    return this.#table.add(time, priority, kind, agent, a, b)
  }

  #refuse(time: number): never {
    if (time < this.#clock[0]!) {
      throw new MingleError('PAST_EVENT', `an event was scheduled for ${time}, before now (${this.#clock[0]})`)
    }
    throw badInput(`an event's time is a finite number, not ${String(time)}`)
  }

  #refuseWhileRunning(what: string): void {
    if (this.#running) throw new MingleError('NESTED_RUN', `${what} was called by a handler; call it between runs`)
  }
}

function refuseByte(priority: number, kind: number): never {
  throw badInput(`priority and kind are whole numbers from 0 to 255, not ${String(priority)} and ${String(kind)}`)
}

function refuseOperands(agent: number, a: number, b: number): never {
  throw badInput(`agent, a and b are signed 32-bit integers, not ${String(agent)}, ${String(a)} and ${String(b)}`)
}
