/**
 * The order of the pending events: a set of slots of an `EventTable`, taken out by (time, priority, sequence). That
 * order is total, so every queue behind this contract takes them out alike. A queue reads times and ranks from the
 * table and never changes them; it holds dead slots (cancelled events) until they come up or `compact` is called.
 */
export interface EventQueue {
  /** Puts in a slot that has just been filled. */
  push(slot: number): void
  /** Takes out the first slot whose time is below `time`, dead or not; −1 if there is none. */
  popBefore(time: number): number
  /** Drops every dead slot and gives it back to the table (`release`). */
  compact(): void
  /** The slots held, in any order. */
  slots(): Int32Array
  /** Forgets all slots, without giving them back. */
  clear(): void
}
