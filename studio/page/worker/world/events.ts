import { FACT_KINDS, type MarketDay } from '../../../../sim/index.ts'
import type { History } from './history.ts'
import type { WorldEvent } from './protocol.ts'
import type { Who } from './who.ts'

const DAY_MS = 86_400_000
const TOLD = { post: 'posts', like: 'likes', match: 'matches with', message: 'writes to', arrival: 'joins' } as const
const MOST = 4000

/** What happens on a day, in order, without what only passes by (feed, views, sessions). */
export function eventsOf(history: History, who: Who, day: number): readonly WorldEvent[] {
  const events: WorldEvent[] = []
  for (const facts of history.factsOf(day)) inOrder(facts, day, history, who, events)
  events.sort((a, b) => a.at - b.at)
  return events.slice(0, MOST)
}

function inOrder(
  { market, order, tables }: MarketDay,
  day: number,
  history: History,
  who: Who,
  into: WorldEvent[],
): void {
  const cursors = new Int32Array(FACT_KINDS.length)
  for (let i = 0; i < order.length; i++) {
    const kind = FACT_KINDS[order[i]!]!
    const row = cursors[order[i]!]!++
    if (!(kind in TOLD)) continue
    if (kind === 'like' && tables.like.action[row] === 0) continue
    const k = tables[kind].k[row]!
    const other =
      kind === 'like'
        ? tables.like.to[row]!
        : kind === 'match'
          ? tables.match.other[row]!
          : kind === 'message'
            ? history.partnerOf(market, tables.message.match[row]!, k, day)
            : 0
    const text = `${who.name(k)} ${TOLD[kind as keyof typeof TOLD]}${other > 0 ? ` ${who.name(other)}` : ''}`
    into.push({ at: day * DAY_MS + tables[kind].at[row]!, market, kind, k, other, text })
  }
}
