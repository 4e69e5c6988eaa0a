import { FACT_KINDS, type MarketDay } from '../../../../sim/index.ts'
import type { History } from './history.ts'
import type { EventStep, WorldEvent } from './protocol.ts'
import type { Who } from './who.ts'

const DAY_MS = 86_400_000
const TOLD = { post: 'posts', like: 'likes', match: 'matches with', message: 'writes to', arrival: 'joins' } as const
type Told = keyof typeof TOLD

/** An event before it is put into words: most are stepped over. */
interface Entry {
  readonly at: number
  readonly market: number
  readonly kind: Told
  readonly k: number
  /** The other person; of a message, the number of its match. */
  readonly object: number
}

/** The events of a day in the order in which they took place, without what only passes by (feed, views, sessions). */
export class EventLog {
  private readonly history: History
  private readonly who: Who
  private day = -1
  private entries: readonly Entry[] = []

  constructor(history: History, who: Who) {
    this.history = history
    this.who = who
  }

  /**
   * The event at a place of a day. Beyond the day's last event comes the first of the next day that has one; before its
   * first the last of the day before.
   *
   * @param index from 0; −1: before the first
   * @param k only what this person does or meets with; null: everybody
   */
  step(day: number, index: number, k: number | null): EventStep {
    let at = day
    let place = index
    let entries = this.entriesOf(at, k)
    while (place >= entries.length && at + 1 < this.history.days) {
      entries = this.entriesOf(++at, k)
      place = 0
    }
    while (place < 0 && at > 0) {
      entries = this.entriesOf(--at, k)
      place = entries.length - 1
    }
    const entry = entries[place]
    if (!entry) return { day: at, index: place, count: entries.length, event: null }
    return { day: at, index: place, count: entries.length, event: this.worded(at, entry) }
  }

  private entriesOf(day: number, k: number | null): readonly Entry[] {
    if (this.day !== day) {
      const entries: Entry[] = []
      for (const facts of this.history.factsOf(day)) inOrder(facts, entries)
      // Markets run beside each other: their events are told by time, those of one market as they came.
      this.entries = entries.sort((a, b) => a.at - b.at || a.market - b.market)
      this.day = day
    }
    if (k === null) return this.entries
    return this.entries.filter((entry) => entry.k === k || this.otherOf(day, entry) === k)
  }

  private otherOf(day: number, { kind, market, object, k }: Entry): number {
    return kind === 'message' ? this.history.partnerOf(market, object, k, day) : object
  }

  private worded(day: number, entry: Entry): WorldEvent {
    const { at, market, kind, k } = entry
    const other = this.otherOf(day, entry)
    return {
      at: day * DAY_MS + at,
      market,
      kind,
      k,
      name: this.who.name(k),
      words: TOLD[kind],
      other,
      otherName: other > 0 ? this.who.name(other) : '',
    }
  }
}

function inOrder({ market, order, tables }: MarketDay, into: Entry[]): void {
  const cursors = new Int32Array(FACT_KINDS.length)
  for (let i = 0; i < order.length; i++) {
    const kind = FACT_KINDS[order[i]!]!
    const row = cursors[order[i]!]!++
    if (!(kind in TOLD) || (kind === 'like' && tables.like.action[row] === 0)) continue
    const object =
      kind === 'like'
        ? tables.like.to[row]!
        : kind === 'match'
          ? tables.match.other[row]!
          : kind === 'message'
            ? tables.message.match[row]!
            : 0
    into.push({ at: tables[kind].at[row]!, market, kind: kind as Told, k: tables[kind].k[row]!, object })
  }
}
