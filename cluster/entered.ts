import {
  accountsOf,
  DAY_TABLES,
  type EnteredDay,
  type EnteredPeople,
  type TaskIds,
  wordsOfHex,
} from '../persist/index.ts'
import { digestTexts } from '../run/index.ts'
import { RunDigest, runIdentity } from '../sim/index.ts'
import { type CountOutcome, type Outcome, TASK_TABLES, type WriteOutcome, type Written } from './plan/outcome.ts'
import type { Plan } from './plan/plan.ts'
import type { CountedGroup } from './tasks/group-counts.ts'

/** The run's digest, and those of its days, from what pass 1 counted. */
export function runDigestOf(
  { config, days }: Plan,
  counts: readonly CountedGroup[],
): { readonly digest: string; readonly factDigests: readonly (readonly string[])[] } {
  const digest = new RunDigest(runIdentity(config))
  const factDigests = Array.from({ length: days }, (_, day) => {
    const summaries = counts.flatMap((group) => group.day(day).map(({ summary }) => summary))
    return digestTexts(digest.addSummaries(day, summaries))
  })
  return { digest: digest.hex, factDigests }
}

/** The chunks of people, as the ledger has them. */
export function enteredChunks(plan: Plan, counted: readonly CountOutcome[]): EnteredPeople[] {
  const { setup, pictures, config } = plan
  const written = byPlace(counted)
  const marks = marksByPlace(counted)
  return pictures.slice(1).map((end, chunk): EnteredPeople => {
    const first = chunk * setup.people.chunk
    const profile_media = pictures[chunk]!
    return {
      people: Math.min(setup.people.chunk, config.count - first),
      users: setup.people.users + first,
      profile_media,
      media: end - profile_media,
      accounts: accounts(written.get(chunk + 1) ?? []),
      marks: marks.get(chunk + 1) ?? [],
    }
  })
}

/** The days, as the ledger has them. @param firsts of each day, its first ids */
export function* enteredDays(
  counts: readonly CountedGroup[],
  counted: readonly CountOutcome[],
  outcomes: readonly WriteOutcome[],
  firsts: readonly TaskIds[],
  factDigests: readonly (readonly string[])[],
): Iterable<EnteredDay> {
  const written = byPlace(outcomes)
  const marks = marksByPlace(outcomes)
  for (const [day, first] of firsts.entries()) {
    const sums = accounts(written.get(day) ?? [])
    const people = counted.reduce((sum, { days }) => sum + days[day]!.arrivals, 0)
    const media = counted.reduce((sum, { days }) => sum + days[day]!.pictures, 0)
    const newcomers = {
      ...{ people, media, users: first.users, profile_media: first.profile_media },
      accounts: sums,
      marks: sortedMarks(marks.get(day) ?? []),
    }
    yield {
      day,
      first,
      markets: counts.flatMap((group) => group.day(day).map((market) => market.counts)),
      newcomers: people > 0 ? newcomers : null,
      accounts: Object.fromEntries(Object.entries(sums).filter(([table]) => DAY_TABLES.includes(table as 'posts'))),
      factDigests: factDigests[day]!,
    }
  }
}

function accounts(written: readonly Written[]) {
  return accountsOf(
    written.map(([, table, rows, , digest]) => ({ table: TASK_TABLES[table]!, rows, digest: wordsOfHex(digest) })),
  )
}

/** What was written of a chunk, or on a day, group after group. */
function byPlace(outcomes: readonly Outcome[]): Map<number, Written[]> {
  const places = new Map<number, Written[]>()
  for (const { written } of outcomes) {
    for (const each of written) {
      const there = places.get(each[0])
      if (there) there.push(each)
      else places.set(each[0], [each])
    }
  }
  return places
}

/** [interest, time, …] of a chunk or day, group after group. */
function marksByPlace(outcomes: readonly Outcome[]): Map<number, number[]> {
  const places = new Map<number, number[]>()
  for (const { marks } of outcomes) {
    for (const [at, interest, time] of marks) {
      const there = places.get(at)
      if (there) there.push(interest, time)
      else places.set(at, [interest, time])
    }
  }
  return places
}

/** By interest, the first to touch it: a day's newcomers are marked together, whatever groups they join. */
function sortedMarks(marks: readonly number[]): number[] {
  const firsts = new Map<number, number>()
  for (let at = 0; at < marks.length; at += 2) {
    if (!firsts.has(marks[at]!)) firsts.set(marks[at]!, marks[at + 1]!)
  }
  return [...firsts].sort((a, b) => a[0] - b[0]).flat()
}
