import type { EventQueue } from './event-queue.ts'
import type { EventTable } from './event-table.ts'
import { HeapQueue } from './heap-queue.ts'

/** Events per bucket aimed at. */
const PER_BUCKET = Number(globalThis.process?.env.PB ?? 2)
/** Buckets per pending event aimed at, at least. */
const SPAN = Number(globalThis.process?.env.SPAN ?? 1.5)
const MAX_FRONT = 32
const FEW = 32

export class CalendarQueue implements EventQueue {
  readonly #table: EventTable
  /** The events of the opened buckets as a sorted list: its first slot, −1 if there is none. */
  #front = -1
  /** What the front has no room for. */
  readonly #crowd: HeapQueue
  /** Beyond the ring. */
  readonly #far: HeapQueue
  #heads = new Int32Array(0)
  #links = new Int32Array(64)
  #mask = 0
  /** Bucket of a time: floor((time − origin) · perWidth) */
  #origin = 0
  #perWidth = 0
  /** Buckets below this are in the front. */
  #opened = 1
  #limit = 1
  #turn = 0
  #linked = 0
  #crowded = 0
  #removed = 0

  constructor(table: EventTable) {
    this.#table = table
    this.#crowd = new HeapQueue(table)
    this.#far = new HeapQueue(table)
  }

  push(slot: number): void {
    const links = this.#links
    if (slot >= links.length) {
      this.#growLinks()
      this.push(slot)
      return
    }
    const x = (this.#table.time(slot) - this.#origin) * this.#perWidth
    if (x < this.#opened) this.#pushFront(slot)
    else if (x < this.#limit) {
      const at = (x | 0) & this.#mask
      const heads = this.#heads
      links[slot] = heads[at]!
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

  #popCrowded(time: number): number {
    if (++this.#crowded > this.#heads.length * 4 + 64) {
      this.#tune()
      return this.popBefore(time)
    }
    const first = this.#front
    const table = this.#table
    if (first < 0 || this.#crowd.isBefore(table.time(first), table.rank(first))) {
      return this.#crowd.popBefore(time)
    }
    if (!(table.time(first) < time)) return -1
    this.#front = this.#links[first]!
    return first
  }

  #pushFront(slot: number): void {
    const table = this.#table
    const links = this.#links
    const time = table.time(slot)
    const rank = table.rank(slot)
    let before = -1
    let after = this.#front
    for (let steps = MAX_FRONT; after >= 0; steps--) {
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

  /** Opens the next bucket that is not empty; false if the front is still empty: nothing is left, or it is crowded. */
  #advance(): boolean {
    while (this.#linked > 0 || this.#far.length > 0) {
      if (this.#linked === 0) this.#leap()
      else {
        const heads = this.#heads
        const mask = this.#mask
        const turn = this.#turn
        let bucket = this.#opened
        while (bucket < turn && heads[bucket & mask]! < 0) bucket++
        this.#opened = bucket
        if (bucket === turn) this.#extend()
        else {
          this.#opened = bucket + 1
          const links = this.#links
          let count = 0
          for (let slot = heads[bucket & mask]!; slot >= 0; count++) {
            const next = links[slot]!
            this.#pushFront(slot)
            slot = next
          }
          heads[bucket & mask] = -1
          this.#linked -= count
        }
      }
      if (this.#front >= 0) return true
      if (this.#crowd.length > 0) return false
    }
    return false
  }

  #leap(): void {
    const x = Math.floor((this.#far.firstTime() - this.#origin) * this.#perWidth)
    if (!(x < 1073741824)) {
      this.#tune()
      return
    }
    this.#opened = x
    const size = this.#mask + 1
    this.#turn = x + (size >> 2)
    this.#limit = x + size
    this.#removed = this.#table.sequence - this.#table.held
    this.#migrate()
  }

  #extend(): void {
    const quarter = (this.#mask + 1) >> 2
    const removed = this.#table.sequence - this.#table.held
    const perBucket = (removed - this.#removed) / quarter
    const held = this.#table.held
    if (
      perBucket > PER_BUCKET * 2 ||
      perBucket * 3 < PER_BUCKET ||
      held * SPAN > quarter * 8 ||
      held * 8 < quarter ||
      this.#limit > 1073741824
    ) {
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

  /** Chooses width and number of buckets anew; `rate` events per unit of time */
  #tune(rate = 0): void {
    const slots = this.slots()
    const table = this.#table
    this.#front = -1
    this.#crowd.clear()
    this.#far.clear()
    this.#linked = 0
    this.#crowded = 0
    this.#removed = this.#table.sequence - this.#table.held
    const n = slots.length
    let min = Infinity
    let sum = 0
    for (let i = 0; i < n; i++) {
      const t = table.time(slots[i]!)
      if (t < min) min = t
    }
    for (let i = 0; i < n; i++) sum += table.time(slots[i]!) - min
    const perTime = rate > 0 ? rate : (n * n) / sum
    const perWidth = perTime / PER_BUCKET
    if (n <= FEW || !(perWidth < 1e300)) {
      this.#origin = 0
      this.#perWidth = 0
      this.#opened = 1
      this.#limit = 1
      for (let i = 0; i < n; i++) this.#pushFront(slots[i]!)
      return
    }
    let buckets = 16
    while (buckets < n * SPAN) buckets *= 2
    if (this.#heads.length !== buckets) this.#heads = new Int32Array(buckets)
    this.#heads.fill(-1)
    this.#growLinks()
    this.#mask = buckets - 1
    this.#origin = min
    this.#perWidth = perWidth
    this.#opened = 0
    this.#turn = buckets >> 2
    this.#limit = buckets
    for (let i = 0; i < n; i++) this.push(slots[i]!)
    // console.log('tune', rate, n, buckets, 1 / perWidth, this.#far.length)
  }

  #growLinks(): void {
    const links = new Int32Array(this.#table.capacity())
    links.set(this.#links)
    this.#links = links
  }

  compact(): void {
    const table = this.#table
    this.#front = this.#compactList(this.#front)
    this.#crowd.compact()
    this.#far.compact()
    if (this.#linked === 0) return
    for (let b = 0; b <= this.#mask; b++) {
      const before = table.held
      this.#heads[b] = this.#compactList(this.#heads[b]!)
      this.#linked -= before - table.held
    }
  }

  #compactList(head: number): number {
    let first = -1
    let last = -1
    for (let slot = head; slot >= 0; ) {
      const next = this.#links[slot]!
      if (this.#table.isDead(slot)) this.#table.release(slot)
      else {
        if (first < 0) first = slot
        else this.#links[last] = slot
        last = slot
      }
      slot = next
    }
    if (last >= 0) this.#links[last] = -1
    return first
  }

  slots(): Int32Array {
    const all: number[] = [...this.#crowd.slots(), ...this.#far.slots()]
    for (let slot = this.#front; slot >= 0; slot = this.#links[slot]!) all.push(slot)
    if (this.#linked > 0)
      for (let b = 0; b <= this.#mask; b++) {
        for (let slot = this.#heads[b]!; slot >= 0; slot = this.#links[slot]!) all.push(slot)
      }
    return Int32Array.from(all)
  }
}
