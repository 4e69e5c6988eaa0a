import { IdleProbe, type Site } from '../../../../sim/events/index.ts'
import {
  createMarket,
  generateActivityPattern,
  type MarketDay,
  Missing,
  Purpose,
  Stream,
} from '../../../../sim/index.ts'
import type { History } from './history.ts'
import type { Alteration } from './protocol.ts'
import type { Who } from './who.ts'

const KINDS = ['session', 'post', 'like', 'match', 'message'] as const
const DAY_MS = 86_400_000

/**
 * What would have come of it if one person were a little different from a day on. The market is put back to that day and
 * lived on with the trait changed, and the habits that hang on it drawn again from the same numbers; nothing before it moves.
 */
export function alter(
  history: History,
  who: Who,
  {
    k,
    trait,
    value,
    day,
  }: { k: number; trait: 'sociability' | 'selectivity' | 'engagement'; value: number; day: number },
): Alteration {
  const { config, days } = history
  const market = history.plan.marketOf(k)
  const at = history.plan.ids.indexOf(market)
  let site: Site | undefined
  const other = createMarket(config, history.plan, market, undefined, (found) => {
    site = found
    return new IdleProbe()
  })
  other.restore(history.restored(day).run.save().markets[at]!)
  const { people } = site!
  let row = 0
  while (row < people.size && people.k[row] !== k) row++
  if (row === people.size) throw new Error(`Person ${k} has not joined before day ${day}.`)
  people[trait][row] = value
  const stream = history.population.keys.person(new Stream(), Purpose.habits, k)
  const traits = { sociability: people.sociability[row]!, engagement: people.engagement[row]! }
  const habits = generateActivityPattern(stream, traits, config.parameters.population)
  people.sessionRate[row] = habits.sessionsPerDay
  people.postRate[row] = people.flags[row]! & Missing.posts ? 0 : habits.postsPerDay
  const was = KINDS.map(() => new Float64Array(days))
  const becomes = KINDS.map(() => new Float64Array(days))
  let first: Alteration['first'] = null
  let others = 0
  for (let past = 0; past < day; past++) {
    const facts = history.factsOf(past)[at]!
    count(facts, k, past, was)
    count(facts, k, past, becomes)
  }
  for (let next = day; next < days; next++) {
    const before = history.factsOf(next)[at]!
    const after = other.runDay()
    count(before, k, next, was)
    count(after, k, next, becomes)
    others += rowsOf(after) - rowsOf(before)
    first ??= firstDifference(before, after, next, who)
  }
  return { k, trait, value, day, kinds: KINDS, was, becomes, first, others }
}

function count({ tables }: MarketDay, k: number, day: number, into: readonly Float64Array[]): void {
  KINDS.forEach((kind, i) => {
    const table = tables[kind]
    for (let row = 0; row < table.rows; row++) {
      const own = table.k[row] === k || (kind === 'match' && tables.match.other[row] === k)
      if (own && (kind !== 'like' || tables.like.action[row] === 1)) into[i]![day]!++
    }
  })
}

const rowsOf = ({ tables }: MarketDay) => KINDS.reduce((sum, kind) => sum + tables[kind].rows, 0)

/** The first fact of the day that is not the same, by time. */
function firstDifference(before: MarketDay, after: MarketDay, day: number, who: Who): Alteration['first'] {
  let first: Alteration['first'] = null
  for (const kind of KINDS) {
    const [a, b] = [before.tables[kind], after.tables[kind]]
    for (let row = 0; row < Math.max(a.rows, b.rows); row++) {
      if (row < a.rows && row < b.rows && a.k[row] === b.k[row] && a.at[row] === b.at[row]) continue
      const found = row < b.rows && (row >= a.rows || b.at[row]! <= a.at[row]!) ? b : a
      const at = day * DAY_MS + found.at[row]!
      if (first === null || at < first.at)
        first = { at, kind, k: found.k[row]!, name: who.name(found.k[row]!), onlyAfter: found === b }
      break
    }
  }
  return first
}
