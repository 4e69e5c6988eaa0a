// These are not exported, and other files go through the methods: an exported constant of a module is loaded and checked
// at each use, which would cost a third of the loop's speed.
/** 32-bit words of one slot. */
const SLOT_WORDS = 8
/** Word of a slot's first double, its time; the rank is the next double. */
const TIME_SHIFT = 2
const WORD_SHIFT = 3
const AGENT = 4
const A = 5
const B = 6
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
const NO_CEILING = 0x7fffffff
/** Free slots are put in order when a sweep freed at least this share of the table, so that it costs O(1) a slot. */
const WORTH_ORDERING = 1 / 8

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
  /** Time and rank are the first two doubles of a slot. */
  #doubles: Float64Array
  /** The same bytes in words of 32 bits. */
  #words: Int32Array
  /** Slots that a queue holds, pending or dead. */
  held = 0
  /** Slots that a queue holds although their event was cancelled. */
  dead = 0
  /** Events ever scheduled: the next one's sequence. */
  sequence = 0
  /** First slot of the free list, −1 if there is none. */
  #free = -1
  /** Slots from here on wait in a list of their own, taken when no other is free, so that the events gather below. */
  #ceiling = NO_CEILING
  #cold = -1
  /** Slots ever used: 0 … used − 1. */
  #used = 0

  constructor() {
    const buffer = new ArrayBuffer(FIRST_CAPACITY * SLOT_WORDS * 4)
    this.#doubles = new Float64Array(buffer)
    this.#words = new Int32Array(buffer)
  }

  /** Fills a slot and returns it. The arguments are checked by `Simulation`. */
  add(time: number, priority: number, kind: number, agent: number, a: number, b: number): number {
    let slot = this.#free
    if (slot < 0) slot = this.#newSlot()
    else this.#free = this.#words[(slot << WORD_SHIFT) + AGENT]!
    const doubles = this.#doubles
    const words = this.#words
    const at = slot << WORD_SHIFT
    doubles[slot << TIME_SHIFT] = time
    doubles[(slot << TIME_SHIFT) + 1] = priority * SEQUENCES + this.sequence++
    words[at + AGENT] = agent
    words[at + A] = a
    words[at + B] = b
    words[at + STATE] = (words[at + STATE]! & ~KIND) | kind
    this.held++
    return slot
  }

  handle(slot: number): EventHandle {
    return (this.#words[(slot << WORD_SHIFT) + STATE]! >>> GENERATION_SHIFT) * HANDLE_SLOTS + slot
  }

  time(slot: number): number {
    return this.#doubles[slot << TIME_SHIFT]!
  }

  rank(slot: number): number {
    return this.#doubles[(slot << TIME_SHIFT) + 1]!
  }

  agent(slot: number): number {
    return this.#words[(slot << WORD_SHIFT) + AGENT]!
  }

  a(slot: number): number {
    return this.#words[(slot << WORD_SHIFT) + A]!
  }

  b(slot: number): number {
    return this.#words[(slot << WORD_SHIFT) + B]!
  }

  /** Events that ended or were swept out so far. */
  get removed(): number {
    return this.sequence - this.held
  }

  /** Slots there is room for, in use or not. */
  capacity(): number {
    return this.#words.length >> WORD_SHIFT
  }

  isDead(slot: number): boolean {
    return (this.#words[(slot << WORD_SHIFT) + STATE]! & DEAD) !== 0
  }

  /** Marks the event of a handle as dead; false if it ended before. The queue still holds its slot. */
  cancel(handle: EventHandle): boolean {
    const generation = Math.floor(handle / HANDLE_SLOTS)
    const slot = handle - generation * HANDLE_SLOTS
    if ((slot | 0) !== slot || slot >= this.#used) return false
    const at = (slot << WORD_SHIFT) + STATE
    const state = this.#words[at]!
    if (state >>> GENERATION_SHIFT !== generation || (state & DEAD) !== 0) return false
    this.#words[at] = state | DEAD
    this.dead++
    return true
  }

  /**
   * Takes back a slot that the queue no longer holds, its event due or dead, and returns the event's kind, or −1 if it
   * was cancelled. Only `AGENT` of the slot's fields is overwritten before the next `add`.
   */
  release(slot: number): number {
    const words = this.#words
    const at = slot << WORD_SHIFT
    const state = words[at + STATE]!
    this.held--
    words[at + STATE] = (state + ONE_GENERATION) & ~(DEAD | KIND)
    if (state >>> GENERATION_SHIFT !== LAST_GENERATION) {
      if (slot < this.#ceiling) {
        words[at + AGENT] = this.#free
        this.#free = slot
      } else {
        words[at + AGENT] = this.#cold
        this.#cold = slot
      }
    }
    if ((state & DEAD) === 0) return state & KIND
    this.dead--
    return -1
  }

  /**
   * To be called after a sweep that released `freed` slots. What is left lies scattered, and a scattered table is slow
   * for the machine's caches: so the lowest slots become the next to be taken, and the high ones are no longer reused.
   */
  orderFree(freed: number): void {
    if (freed < this.#used * WORTH_ORDERING) return
    const isFree = new Uint8Array(this.#used)
    const words = this.#words
    for (let slot = this.#free; slot >= 0; slot = words[(slot << WORD_SHIFT) + AGENT]!) isFree[slot] = 1
    for (let slot = this.#cold; slot >= 0; slot = words[(slot << WORD_SHIFT) + AGENT]!) isFree[slot] = 1
    this.#free = -1
    this.#cold = -1
    this.#ceiling = Math.ceil(this.held * 1.25) + FIRST_CAPACITY
    for (let slot = this.#used - 1; slot >= 0; slot--) {
      if (isFree[slot] === 0) continue
      const low = slot < this.#ceiling
      words[(slot << WORD_SHIFT) + AGENT] = low ? this.#free : this.#cold
      if (low) this.#free = slot
      else this.#cold = slot
    }
  }

  /** All slots as plain columns: (time, rank) and (agent, a, b, state) of every slot, and five counts. */
  save(): { keys: Float64Array; events: Int32Array; counts: Float64Array } {
    const keys = new Float64Array(this.#used * 2)
    const events = new Int32Array(this.#used * 4)
    for (let slot = 0; slot < this.#used; slot++) {
      keys.set(this.#doubles.subarray(slot << TIME_SHIFT, (slot << TIME_SHIFT) + 2), slot * 2)
      events.set(this.#words.subarray((slot << WORD_SHIFT) + AGENT, (slot << WORD_SHIFT) + AGENT + 4), slot * 4)
    }
    return { keys, events, counts: Float64Array.of(this.sequence, this.#used, this.#free, this.#cold, this.#ceiling) }
  }

  /** Takes over what `save` gave when no slot was dead; `held` of the slots are pending. */
  restore(keys: Float64Array, events: Int32Array, counts: Float64Array, held: number): void {
    const used = counts[1]!
    this.#resize(Math.max(used, FIRST_CAPACITY))
    for (let slot = 0; slot < used; slot++) {
      this.#doubles.set(keys.subarray(slot * 2, slot * 2 + 2), slot << TIME_SHIFT)
      this.#words.set(events.subarray(slot * 4, slot * 4 + 4), (slot << WORD_SHIFT) + AGENT)
    }
    this.sequence = counts[0]!
    this.#used = used
    this.#free = counts[2]!
    this.#cold = counts[3]!
    this.#ceiling = counts[4]!
    this.held = held
    this.dead = 0
  }

  #newSlot(): number {
    if (this.#cold >= 0) {
      const slot = this.#cold
      this.#ceiling = NO_CEILING
      this.#free = this.#words[(slot << WORD_SHIFT) + AGENT]!
      this.#cold = -1
      return slot
    }
    const slot = this.#used++
    if (slot === this.capacity()) this.#resize(slot * 2)
    this.#words[(slot << WORD_SHIFT) + STATE] = ONE_GENERATION
    return slot
  }

  #resize(capacity: number): void {
    const words = new Int32Array(capacity * SLOT_WORDS)
    words.set(this.#words.subarray(0, Math.min(words.length, this.#words.length)))
    this.#words = words
    this.#doubles = new Float64Array(words.buffer)
  }
}
