import { generateProfile, type PersonProfile } from './agents/index.ts'
import { ownOf } from './config/index.ts'
import { DAY_MS } from './content/index.ts'
import { type Moment, momentOf } from './explain/index.ts'
import type { AskedRun } from './explanations.ts'
import { FACT_KINDS, type FactKind, type MarketDay } from './facts/index.ts'
import { outlineMarkets } from './markets.ts'
import { type SimulationRun, simulationOf } from './simulation.ts'

/** A fact in words that two runs share: posts by their author, matches by their people. */
export interface ToldFact extends Moment {
  readonly kind: FactKind
  /** Whose fact it is. */
  readonly person: number
  readonly values: Readonly<Record<string, number | string>>
}

/** How two runs differ. */
export interface RunDifference {
  readonly equal: boolean
  /** Days that both have, and that were compared. */
  readonly days: number
  /** The first thing that differs, in order of time; null when nothing does. */
  readonly first: {
    readonly day: number
    readonly kind: FactKind | 'profile'
    readonly person: number
    /** What each run has in its place; null when it has nothing like it. */
    readonly a: ToldFact | Partial<PersonProfile> | null
    readonly b: ToldFact | Partial<PersonProfile> | null
  } | null
  /** By kind: what only one of the two has, and what both have. */
  readonly counts: Readonly<Record<string, { readonly onlyA: number; readonly onlyB: number; readonly both: number }>>
}

type Counts = Record<string, { onlyA: number; onlyB: number; both: number }>

/**
 * Lives through two runs side by side and tells where they part.
 * @param onDay told after each day
 */
export function compareRuns(a: AskedRun, b: AskedRun, onDay?: (day: number, days: number) => void): RunDifference {
  const days = Math.min(a.days, b.days)
  const counts: Counts = {}
  let first = compareProfiles(a, b, counts)
  const [mine, theirs] = [new Teller(a), new Teller(b)]
  for (let day = 0; day < days; day++) {
    const [left, right] = [mine.next(day), theirs.next(day)]
    const parting = compareDay(day, mine, theirs, left, right, counts)
    first ??= parting
    onDay?.(day, days)
  }
  const equal = Object.values(counts).every(({ onlyA, onlyB }) => onlyA === 0 && onlyB === 0)
  return { equal, days, first, counts }
}

function compareProfiles(a: AskedRun, b: AskedRun, counts: Counts): RunDifference['first'] {
  const people = (counts.profile = { onlyA: 0, onlyB: 0, both: 0 })
  const populations = [a, b].map(({ config }) => outlineMarkets(config).population)
  const shared = Math.min(a.config.count, b.config.count)
  const basis = ({ config }: AskedRun) => {
    const { seed, startDay, places, parameters, minorities } = config
    return JSON.stringify([
      seed,
      startDay,
      places,
      parameters.population,
      minorities,
      ownOf({ ...config, count: shared }),
    ])
  }
  const alike = basis(a) === basis(b)
  let first: RunDifference['first'] = null
  if (alike) people.both = shared
  for (let k = 1; !alike && k <= shared; k++) {
    const [left, right] = populations.map((population) => generateProfile(population, k)) as [
      PersonProfile,
      PersonProfile,
    ]
    const fields = (Object.keys(left) as (keyof PersonProfile)[]).filter(
      (name) => JSON.stringify(left[name]) !== JSON.stringify(right[name]),
    )
    if (fields.length === 0) people.both++
    else {
      people.onlyA++
      people.onlyB++
      const only = (profile: PersonProfile) => Object.fromEntries(fields.map((name) => [name, profile[name]]))
      first ??= { day: 0, kind: 'profile', person: k, a: only(left), b: only(right) }
    }
  }
  people.onlyA += a.config.count - shared
  people.onlyB += b.config.count - shared
  if (first === null && a.config.count !== b.config.count) {
    const [longer, population] = a.config.count > b.config.count ? ['a', populations[0]!] : ['b', populations[1]!]
    const { displayName } = generateProfile(population, shared + 1)
    const one = { k: shared + 1, displayName }
    first = {
      day: 0,
      kind: 'profile',
      person: shared + 1,
      a: longer === 'a' ? one : null,
      b: longer === 'b' ? one : null,
    }
  }
  return first
}

/** Tells a run's facts day by day in words that do not hang on its markets. */
class Teller {
  readonly #run: AskedRun
  readonly #simulation: SimulationRun
  /** Authors and matches by market and number. */
  readonly #posts = new Map<number, string[]>()
  readonly #ownPosts = new Map<number, number>()
  readonly #matches = new Map<number, string[]>()

  constructor(run: AskedRun) {
    this.#run = run
    this.#simulation = simulationOf(run.config, run.extension)
  }

  /** The day's facts; none on a day that is not told. */
  next(day: number): readonly MarketDay[] {
    if (this.#simulation.day > day) return []
    const { day: told, markets } = this.#simulation.runDay()
    for (const each of markets) this.#learn(each)
    return told === day ? markets : []
  }

  #learn({ market, tables }: MarketDay): void {
    const posts = at(this.#posts, market)
    for (let i = 0; i < tables.post.rows; i++) {
      const k = tables.post.k[i]!
      const nth = (this.#ownPosts.get(k) ?? 0) + 1
      this.#ownPosts.set(k, nth)
      posts[tables.post.first + i] = `${k}:${nth}`
    }
    const matches = at(this.#matches, market)
    for (let i = 0; i < tables.match.rows; i++) {
      matches[tables.match.first + i] = `${tables.match.k[i]}–${tables.match.other[i]}`
    }
  }

  tell(day: number, { market, tables }: MarketDay, kind: FactKind): ToldFact[] {
    const table = tables[kind] as unknown as Readonly<Record<string, Int32Array>> & { readonly rows: number }
    const { startDay } = this.#run.config
    const columns = Object.keys(table).filter((name) => name !== 'rows' && name !== 'first')
    return Array.from({ length: table.rows }, (_, i) => {
      const values: Record<string, number | string> = {}
      for (const name of columns)
        if (name !== 'k' && name !== 'at') values[name] = this.#word(market, name, table[name]![i]!)
      return { ...momentOf(startDay, day * DAY_MS + table.at![i]!), kind, person: table.k![i]!, values }
    })
  }

  #word(market: number, column: string, value: number): number | string {
    if (column === 'post' && value >= 0) return this.#posts.get(market)?.[value] ?? value
    if (column === 'match') return this.#matches.get(market)?.[value] ?? value
    return value
  }
}

function at(lists: Map<number, string[]>, market: number): string[] {
  let list = lists.get(market)
  if (list === undefined) lists.set(market, (list = []))
  return list
}

function compareDay(
  day: number,
  mine: Teller,
  theirs: Teller,
  left: readonly MarketDay[],
  right: readonly MarketDay[],
  counts: Counts,
): RunDifference['first'] {
  const onlyA: ToldFact[] = []
  const onlyB: ToldFact[] = []
  FACT_KINDS.forEach((kind, code) => {
    const count = (counts[kind] ??= { onlyA: 0, onlyB: 0, both: 0 })
    if (alike(left, right, code)) {
      for (const { tables } of left) count.both += tables[kind].rows
      return
    }
    const ours = left.flatMap((market) => mine.tell(day, market, kind))
    const others = right.flatMap((market) => theirs.tell(day, market, kind))
    const [lacking, extra] = apart(ours, others)
    count.onlyA += lacking.length
    count.onlyB += extra.length
    count.both += ours.length - lacking.length
    onlyA.push(...lacking)
    onlyB.push(...extra)
  })
  return parting(onlyA, onlyB)
}

/** Whether the digests say that nothing of this kind differs. */
function alike(left: readonly MarketDay[], right: readonly MarketDay[], code: number): boolean {
  if (left.length !== right.length) return false
  return left.every(({ market, digests }, i) => {
    const other = right[i]!
    if (other.market !== market) return false
    for (let word = code * 4; word < code * 4 + 4; word++) if (digests[word] !== other.digests[word]) return false
    return true
  })
}

/** What only the one list has, and only the other. */
function apart(ours: readonly ToldFact[], others: readonly ToldFact[]): [ToldFact[], ToldFact[]] {
  const left = new Map<string, ToldFact[]>()
  for (const fact of ours) {
    const key = JSON.stringify(fact)
    const same = left.get(key)
    if (same) same.push(fact)
    else left.set(key, [fact])
  }
  const extra = others.filter((fact) => left.get(JSON.stringify(fact))?.pop() === undefined)
  return [[...left.values()].flat(), extra]
}

/** The earliest of what only one has, beside what the other has of that kind and person, first of all at that time. */
function parting(onlyA: readonly ToldFact[], onlyB: readonly ToldFact[]): RunDifference['first'] {
  const earliest = (facts: readonly ToldFact[]) =>
    facts.reduce<ToldFact | null>((best, fact) => (best === null || fact.time < best.time ? fact : best), null)
  const [a, b] = [earliest(onlyA), earliest(onlyB)]
  const first = a === null ? b : b === null || a.time <= b.time ? a : b
  if (first === null) return null
  const like = (facts: readonly ToldFact[]) =>
    earliest(facts.filter(({ kind, person }) => kind === first.kind && person === first.person))
  return { day: first.day, kind: first.kind, person: first.person, a: like(onlyA), b: like(onlyB) }
}
