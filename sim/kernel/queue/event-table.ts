/** 32-bit words of one slot; time and rank are its first two doubles. */
export const SLOT_WORDS = 8
/** Doubles of one slot. */
export const SLOT_DOUBLES = 4
/** Words of a slot. */
export const AGENT = 4
export const A = 5
export const B = 6
/** generation · 2⁹ + dead · 2⁸ + kind. */
const STATE = 7
const KIND = 0xff
const DEAD = 0x100
const GENERATION_SHIFT = 9
const ONE_GENERATION = 1 << GENERATION_SHIFT
const LAST_GENERATION = 0x7fffff
/** handle = generation · 2²⁶ + slot. */
const HANDLE_SLOTS = 67108864
/** rank = priority · 2⁴⁵ + sequence, exact in a double. */
const SEQUENCES = 35184372088832
const FIRST_CAPACITY = 64

/** What `schedule` returns: an integer, 0 < handle < 2⁵³, never given twice. Opaque: its value may hang on the queue. */
export type EventHandle = number

/**
 * The events of a simulation as data: slots of 32 bytes, so that an event is half a cache line, and a free list
 * through the slots not in use. `rank` orders events of equal time: by priority, then by sequence of scheduling.
 *
 * A handle is (generation, slot). A slot's generation rises when its event ends or is cancelled, so a stale handle
 * never fits again; a slot that has used up its 2²³ − 1 generations is retired, which costs 32 bytes.
 */
export class EventTable {
  /** Time at `slot · SLOT_DOUBLES`, rank one further. Replaced when the table grows: read it anew after `add`. */
  doubles: Float64Array
  /** The same bytes in words of 32 bits. */
  words: Int32Array
  /** Slots that a queue holds, pending or dead. */
  held = 0
  /** Slots that a queue holds although their event was cancelled. */
  dead = 0
  /** Events ever scheduled: the next one's sequence. */
  sequence = 0
  /** First slot of the free list, −1 if there is none. */
  #free = -1
  /** Slots ever used: 0 … used − 1. */
  #used = 0

  constructor() {
    const buffer = new ArrayBuffer(FIRST_CAPACITY * SLOT_WORDS * 4)
    this.doubles = new Float64Array(buffer)
    this.words = new Int32Array(buffer)
  }

  /** Fills a slot and returns it. The arguments are checked by `Simulation`. */
  add(time: number, priority: number, kind: number, agent: number, a: number, b: number): number {
    let slot = this.#free
    if (slot < 0) slot = this.#newSlot()
    else this.#free = this.words[slot * SLOT_WORDS + AGENT]!
    const { words, doubles } = this
    const at = slot * SLOT_WORDS
    doubles[slot * SLOT_DOUBLES] = time
    doubles[slot * SLOT_DOUBLES + 1] = priority * SEQUENCES + this.sequence++
    words[at + AGENT] = agent
    words[at + A] = a
    words[at + B] = b
    words[at + STATE] = (words[at + STATE]! & ~KIND) | kind
    this.held++
    return slot
  }

  handle(slot: number): EventHandle {
    return (this.words[slot * SLOT_WORDS + STATE]! >>> GENERATION_SHIFT) * HANDLE_SLOTS + slot
  }

  kind(slot: number): number {
    return this.words[slot * SLOT_WORDS + STATE]! & KIND
  }

  isDead(slot: number): boolean {
    return (this.words[slot * SLOT_WORDS + STATE]! & DEAD) !== 0
  }

  /** Marks the event of a handle as dead; false if it ended before. The queue still holds its slot. */
  cancel(handle: EventHandle): boolean {
    const generation = Math.floor(handle / HANDLE_SLOTS)
    const slot = handle - generation * HANDLE_SLOTS
    if ((slot | 0) !== slot || slot >= this.#used) return false
    const at = slot * SLOT_WORDS + STATE
    const state = this.words[at]!
    if (state >>> GENERATION_SHIFT !== generation || (state & DEAD) !== 0) return false
    this.words[at] = state | DEAD
    this.dead++
    return true
  }

  /** Takes back a slot that the queue no longer holds, its event ended or dead. */
  release(slot: number): void {
    const at = slot * SLOT_WORDS
    const { words } = this
    const state = words[at + STATE]!
    this.held--
    if ((state & DEAD) !== 0) this.dead--
    words[at + STATE] = (state + ONE_GENERATION) & ~(DEAD | KIND)
    if (state >>> GENERATION_SHIFT === LAST_GENERATION) return
    words[at + AGENT] = this.#free
    this.#free = slot
  }

  /** All slots as plain columns: (time, rank) and (agent, a, b, state) of every slot, and [sequence, used, free]. */
  save(): { keys: Float64Array; events: Int32Array; counts: Float64Array } {
    const keys = new Float64Array(this.#used * 2)
    const events = new Int32Array(this.#used * 4)
    for (let slot = 0; slot < this.#used; slot++) {
      keys.set(this.doubles.subarray(slot * SLOT_DOUBLES, slot * SLOT_DOUBLES + 2), slot * 2)
      events.set(this.words.subarray(slot * SLOT_WORDS + AGENT, slot * SLOT_WORDS + AGENT + 4), slot * 4)
    }
    return { keys, events, counts: Float64Array.of(this.sequence, this.#used, this.#free) }
  }

  /** Takes over what `save` gave when no slot was dead; `held` of the slots are pending. */
  restore(keys: Float64Array, events: Int32Array, counts: Float64Array, held: number): void {
    const used = counts[1]!
    this.#resize(Math.max(used, FIRST_CAPACITY))
    for (let slot = 0; slot < used; slot++) {
      this.doubles.set(keys.subarray(slot * 2, slot * 2 + 2), slot * SLOT_DOUBLES)
      this.words.set(events.subarray(slot * 4, slot * 4 + 4), slot * SLOT_WORDS + AGENT)
    }
    this.sequence = counts[0]!
    this.#used = used
    this.#free = counts[2]!
    this.held = held
    this.dead = 0
  }

  #newSlot(): number {
    const slot = this.#used++
    if (slot * SLOT_WORDS === this.words.length) this.#resize(slot * 2)
    this.words[slot * SLOT_WORDS + STATE] = ONE_GENERATION
    return slot
  }

  #resize(capacity: number): void {
    const words = new Int32Array(capacity * SLOT_WORDS)
    words.set(this.words.subarray(0, Math.min(words.length, this.words.length)))
    this.words = words
    this.doubles = new Float64Array(words.buffer)
  }
}
