import { checkIds, DAY_TABLES, type DayRange, type DayTable, type TaskIds } from '../../persist/index.ts'
import type { CountedDay } from './outcome.ts'

export interface Places {
  readonly groups: readonly (readonly TaskIds[])[]
  readonly days: readonly TaskIds[]
  readonly end: TaskIds
}

/** What each day takes of each table. */
export function dayRangesOf({ days, end }: Places): DayRange[] {
  return days.flatMap((first, day) => {
    const next = days[day + 1] ?? end
    return DAY_TABLES.map((table) => ({ table, day, first: first[table], last: next[table] - 1 }))
  })
}

/**
 * The first ids of each group's days, from what pass 1 counted. Anybody who has all counts comes to the same.
 *
 * @param counted by group, its days
 * @param first the run's first ids
 * @returns by group, its days; and the days' own, with where ids stand behind the last
 * @throws MingleError IDS_EXHAUSTED when there are not enough ids
 */
export function placesOf(counted: readonly (readonly CountedDay[])[], first: TaskIds): Places {
  const groups: TaskIds[][] = counted.map(() => [])
  const days: TaskIds[] = []
  let next = first
  for (let day = 0; day < (counted[0]?.length ?? 0); day++) {
    days.push(next)
    for (let group = 0; group < counted.length; group++) {
      groups[group]!.push(next)
      next = behind(counted[group]![day]!, next)
    }
  }
  return { groups, days, end: next }
}

function behind({ rows, arrivals, pictures }: CountedDay, first: TaskIds): TaskIds {
  const byTable = Object.fromEntries(DAY_TABLES.map((table, i) => [table, rows[i]!])) as Record<DayTable, number>
  checkIds(first, byTable)
  const next = { ...first, users: first.users + arrivals, profile_media: first.profile_media + pictures }
  for (const table of DAY_TABLES) next[table] += byTable[table]
  return next
}
