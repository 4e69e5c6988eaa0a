import type { EventQueue } from './event-queue.ts'
import type { EventTable } from './event-table.ts'
import { HeapQueue } from './heap-queue.ts'

// The constants below were chosen by measurement; see docs/decisions/0001-event-list.md.
/** Events that a bucket should have when it is opened. */
const PER_BUCKET = 4
/** Buckets in the ring for each pending event, at least. With PER_BUCKET: the ring spans 6 mean waits or more. */
const BUCKETS_PER_EVENT = 1.5
/** With so few pending events a sorted list is all it takes. */
const FEW = 32
/** Steps that an insertion into the front may take before it is left to the crowd's heap. */
const MAX_STEPS = 16
/** Bucket numbers stay below this, so that they are small integers. */
const LAST_BUCKET = 1073741824

/**
 * A calendar (Brown, "Calendar queues", CACM 31, 1988) whose days are sorted only when they come, as in a ladder queue
 * (Tang, Goh and Thng, 2005). Time is cut into buckets of equal width, numbered from `#origin` on; a ring holds the
 * buckets from `#opened` to `#limit`, each an unsorted list through `#links`. What lies beyond is in the heap `#far` and
 * migrates when the ring has turned by a quarter. The buckets below `#opened` have been moved to `#front`, one list
 * in order, from which events are taken; late arrivals for that time are put in there too, and if that takes too many
 * steps, into the heap `#crowd`. So a push or a pop is O(1) where the width suits the density of events, and never
 * worse than a heap's O(log n).
 *
 * By Little's law the pending events over the events per unit of time are the mean wait, so both widths follow from
 * the pace observed over the last quarter turn; `#tune` lays the calendar out anew when that leaves the wanted range.
 * The width decides nothing but speed: the number of a bucket rises with time, and a bucket is sorted by the order.
 */
export class CalendarQueue implements EventQueue {
  readonly #table: EventTable
  /** The next slot of the list that a slot is in, −1 at its end. */
  #links = new Int32Array(64)
  /** First slot of the opened events, in order; −1 if there is none. */
  #front = -1
  readonly #crowd: HeapQueue
  readonly #far: HeapQueue
  /** First slot of each bucket of the ring, −1 if there is none; a power of two of them, 0 when there are FEW events. */
  #heads = new Int32Array(0)
  #mask = 0
  /** Slots in the ring. */
  #linked = 0
  /** The bucket of a time is floor((time − origin) · perWidth). */
  #origin = 0
  #perWidth = 0
  #opened = 0
  /** The bucket at whose opening a quarter of the ring is free for `#far`. */
  #turn = 0
  #limit = 0
  /** How many slots had left the table at the last turn, and when the calendar was laid out. */
  #removed = 0
  #removedBefore = 0
  /** Pops that may still come from the crowd before the width must be wrong. */
  #patience = 0

  constructor(table: EventTable) {
    this.#table = table
    this.#crowd = new HeapQueue(table)
    this.#far = new HeapQueue(table)
  }

  push(slot: number): void {
    if (slot >= this.#links.length) this.#growLinks()
    const x = (this.#table.time(slot) - this.#origin) * this.#perWidth
    if (x < this.#opened) this.#pushFront(slot)
    else if (x < this.#limit) {
      const at = (x | 0) & this.#mask
      const heads = this.#heads
      this.#links[slot] = heads[at]!
      heads[at] = slot
      this.#linked++
    } else this.#far.push(slot)
  }

  popBefore(time: number): number {
    if (this.#crowd.length > 0) return this.#popCrowded(time)
    if (this.#front < 0 && !this.#advance()) return this.#crowd.length > 0 ? this.#popCrowded(time) : -1
    const first = this.#front
    if (!(this.#table.time(first) < time)) return -1
    this.#front = this.#links[first]!
    return first
  }

  compact(): void {
    const table = this.#table
    this.#front = this.#withoutDead(this.#front)
    this.#crowd.compact()
    this.#far.compact()
    const heads = this.#heads
    for (let at = 0; at < heads.length && this.#linked > 0; at++) {
      if (heads[at]! < 0) continue
      const before = table.held
      heads[at] = this.#withoutDead(heads[at]!)
      this.#linked -= before - table.held
    }
  }

  slots(): Int32Array {
    const heaped = this.#crowd.length + this.#far.length
    const all = new Int32Array(this.#table.held)
    all.set(this.#crowd.slots())
    all.set(this.#far.slots(), this.#crowd.length)
    let count = this.#copyList(this.#front, all, heaped)
    const heads = this.#heads
    for (let at = 0; at < heads.length && this.#linked > 0; at++) count = this.#copyList(heads[at]!, all, count)
    return all.subarray(0, count)
  }

  clear(): void {
    this.#front = -1
    this.#crowd.clear()
    this.#far.clear()
    this.#linked = 0
    this.#layOut(0, 0, 0)
  }

  /** Puts a slot into the front, in order. */
  #pushFront(slot: number): void {
    const table = this.#table
    const links = this.#links
    const time = table.time(slot)
    const rank = table.rank(slot)
    let before = -1
    let after = this.#front
    for (let steps = MAX_STEPS; after >= 0; steps--) {
      const other = table.time(after)
      if (time < other || (time === other && rank < table.rank(after))) break
      if (steps === 0) {
        this.#crowd.push(slot)
        return
      }
      before = after
      after = links[after]!
    }
    links[slot] = after
    if (before < 0) this.#front = slot
    else links[before] = slot
  }

  #popCrowded(time: number): number {
    if (--this.#patience < 0) {
      this.#tune(0)
      if (this.#crowd.length === 0) return this.popBefore(time)
    }
    const table = this.#table
    const first = this.#front
    if (first < 0 || this.#crowd.isBefore(table.time(first), table.rank(first))) return this.#crowd.popBefore(time)
    if (!(table.time(first) < time)) return -1
    this.#front = this.#links[first]!
    return first
  }

  /** Opens the next bucket that is not empty. False if the front stays empty: all is in the crowd, or nothing is left. */
  #advance(): boolean {
    while (this.#linked > 0 || this.#far.length > 0) {
      if (this.#linked === 0) this.#leap()
      else {
        const heads = this.#heads
        const mask = this.#mask
        const turn = this.#turn
        let bucket = this.#opened
        while (bucket < turn && heads[bucket & mask]! < 0) bucket++
        if (bucket < turn) {
          this.#opened = bucket + 1
          this.#open(bucket & mask)
          return this.#front >= 0
        }
        this.#opened = bucket
        this.#extend()
      }
      if (this.#front >= 0) return true
      if (this.#crowd.length > 0) return false
    }
    return false
  }

  /** Moves a bucket that is not empty to the front, which is. */
  #open(at: number): void {
    const table = this.#table
    const heads = this.#heads
    const links = this.#links
    let slot = heads[at]!
    let next = links[slot]!
    heads[at] = -1
    links[slot] = -1
    this.#front = slot
    this.#linked--
    while (next >= 0) {
      slot = next
      next = links[slot]!
      this.#linked--
      const first = this.#front
      const time = table.time(slot)
      const other = table.time(first)
      if (time < other || (time === other && table.rank(slot) < table.rank(first))) {
        links[slot] = first
        this.#front = slot
      } else this.#pushFront(slot)
    }
  }

  /** Moves the empty ring on to the first event beyond it. */
  #leap(): void {
    const bucket = Math.floor((this.#far.firstTime() - this.#origin) * this.#perWidth)
    if (this.#heads.length === 0 || !(bucket < LAST_BUCKET)) {
      this.#tune(0)
      return
    }
    this.#opened = bucket
    this.#turn = bucket + (this.#heads.length >> 2)
    this.#limit = bucket + this.#heads.length
    this.#removed = this.#table.removed
    this.#migrate()
  }

  /** A quarter turn is over: lets the ring reach a quarter farther, or lays it out anew if it no longer suits. */
  #extend(): void {
    const quarter = this.#heads.length >> 2
    const { held, removed } = this.#table
    const perBucket = (removed - this.#removed) / quarter
    const paceSuits = perBucket < PER_BUCKET * 2 && perBucket > PER_BUCKET / 3
    const sizeSuits = held * BUCKETS_PER_EVENT < quarter * 8 && held * 8 > quarter
    if (!paceSuits || !sizeSuits || this.#limit > LAST_BUCKET) {
      this.#tune(perBucket * this.#perWidth)
      return
    }
    this.#removed = removed
    this.#turn += quarter
    this.#limit += quarter
    this.#migrate()
  }

  #migrate(): void {
    const far = this.#far
    while (far.length > 0 && (far.firstTime() - this.#origin) * this.#perWidth < this.#limit) {
      this.push(far.popBefore(Infinity))
    }
  }

  /**
   * Lays the calendar out for `pace` events per unit of time, O(slots). For 0 it is the pace since the last time, and
   * at first a guess from the mean wait, which a few waits of weeks among many of seconds would lead far astray.
   * Where no width makes sense (few events, or all at one time) everything goes to the front and the crowd.
   */
  #tune(pace: number): void {
    const table = this.#table
    const slots = this.slots()
    const count = slots.length
    let first = Infinity
    for (let i = 0; i < count; i++) first = Math.min(first, table.time(slots[i]!))
    let waits = 0
    for (let i = 0; i < count; i++) waits += table.time(slots[i]!) - first
    if (pace === 0) pace = this.#paceSoFar(first)
    const perWidth = (pace > 0 ? pace : (count * count) / waits) / PER_BUCKET
    this.clear()
    if (count > FEW && perWidth < Infinity) {
      let buckets = 64
      while (buckets < count * BUCKETS_PER_EVENT) buckets *= 2
      this.#layOut(buckets, first, perWidth)
    } else this.#opened = 1
    this.#patience = 64 + Math.max(count * 2, this.#heads.length * 4)
    for (let i = 0; i < count; i++) this.push(slots[i]!)
  }

  /** Events per unit of time since the calendar was laid out; 0 when too few to tell. */
  #paceSoFar(now: number): number {
    const events = this.#table.removed - this.#removedBefore
    const elapsed = now - this.#origin
    return events > FEW && elapsed > 0 && elapsed < Infinity ? events / elapsed : 0
  }

  /** An empty ring. With 0 buckets every time is in bucket 0, and all go to `#far` while `#opened` is 0. */
  #layOut(buckets: number, origin: number, perWidth: number): void {
    if (this.#heads.length !== buckets) this.#heads = new Int32Array(buckets)
    this.#heads.fill(-1)
    this.#mask = buckets - 1
    this.#origin = origin
    this.#perWidth = perWidth
    this.#opened = 0
    this.#turn = buckets >> 2
    this.#limit = buckets
    this.#removed = this.#table.removed
    this.#removedBefore = this.#removed
  }

  /** Gives the dead slots of a list back, and returns the list's first slot. */
  #withoutDead(head: number): number {
    const links = this.#links
    let first = -1
    let last = -1
    for (let slot = head; slot >= 0; ) {
      const next = links[slot]!
      if (this.#table.isDead(slot)) this.#table.release(slot)
      else {
        if (first < 0) first = slot
        else links[last] = slot
        last = slot
      }
      slot = next
    }
    if (last >= 0) links[last] = -1
    return first
  }

  #copyList(head: number, into: Int32Array, at: number): number {
    let count = at
    for (let slot = head; slot >= 0; slot = this.#links[slot]!) into[count++] = slot
    return count
  }

  #growLinks(): void {
    const links = new Int32Array(this.#table.capacity())
    links.set(this.#links)
    this.#links = links
  }
}
