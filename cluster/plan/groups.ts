import { DAY_TABLES } from '../../persist/index.ts'

/** Tables that a chunk of people has a file of, the ledger's among them. */
export const TABLES_OF_PEOPLE = 6

/** Chosen: a task then takes one to five minutes of a core, and a hundred machines have enough of them at a million people. */
const PERSON_DAYS_OF_A_TASK = 2_500_000
/** Chosen: also a small run spreads over as many workers, where it has as many markets. */
const LEAST_GROUPS = 16

/** Chosen: folders and buckets list so many files, and a manifest names them, within seconds. */
const MOST_FILES = 1_000_000

/**
 * Deals markets to groups of neighbours with about equally many people. A function of the run alone, never of how many
 * workers there are: it is the layout of the files. Neighbours, so that a group's rows of a table and day have consecutive
 * ids. A long run of many people has larger groups: its files are one a group, table and day.
 *
 * @param ids market ids in their fixed order
 * @param sizes people per market, in the same order
 * @param chunks of people, which have files of their own and leave the others fewer
 * @returns market ids by group, none of them empty
 */
export function groupMarkets(ids: readonly number[], sizes: readonly number[], days: number, chunks = 0): number[][] {
  // An empty market still costs its round.
  const weights = sizes.map((size) => size + 1)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const left = MOST_FILES - chunks * TABLES_OF_PEOPLE
  const most = Math.max(1, Math.floor(left / (days * DAY_TABLES.length)))
  const wanted = Math.min(most, Math.max(LEAST_GROUPS, Math.ceil((total * days) / PERSON_DAYS_OF_A_TASK)))
  const groups: number[][] = []
  let before = 0
  let open = -1
  ids.forEach((id, i) => {
    const group = Math.floor(((before + weights[i]! / 2) * wanted) / total)
    before += weights[i]!
    if (group !== open) groups.push([])
    open = group
    groups.at(-1)!.push(id)
  })
  return groups
}

/** @param ids market ids, with `sizes` in the same order  @returns people by group */
export function peopleOfGroups(
  groups: readonly number[][],
  ids: readonly number[],
  sizes: readonly number[],
): number[] {
  const sizeOf = new Map(ids.map((id, i) => [id, sizes[i]!]))
  return groups.map((group) => group.reduce((sum, id) => sum + sizeOf.get(id)!, 0))
}
