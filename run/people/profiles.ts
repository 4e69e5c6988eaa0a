import type { Receipt, RunRecord, RunStore } from '../../persist/index.ts'
import { generateProfile, type RunConfig } from '../../sim/index.ts'
import type { Crew } from '../crew/crew.ts'
import type { RunProgress } from '../state.ts'
import { PeopleAhead } from './people-ahead.ts'
import { populationOf } from './population.ts'

/** Writes people, whose numbers follow one another, from `first` on. */
type WriteChunk = (first: number, people: number, done: boolean) => Promise<Receipt>

/**
 * Phase A: makes and writes the people of the run's current segment, from where the ledger stands, a chunk a
 * transaction.
 *
 * @param crew makes their rows where the store takes them made; absent: this thread does
 * @returns whether the phase is done; false when it was stopped between two chunks
 */
export async function writeProfiles(
  store: RunStore,
  run: RunRecord,
  config: RunConfig,
  progress: RunProgress,
  crew: Crew | undefined,
): Promise<boolean> {
  const segment = run.segments.at(-1)!
  const last = segment.firstPerson + segment.people - 1
  // Whoever comes with a later segment joins on its first day.
  const joinDay = run.segments.length > 1 ? segment.fromDay : -1
  const setup = crew && run.profilesThrough < last ? await store.peopleSetup(run.id) : null
  const write = setup
    ? chunksOfCrew(store, run, last, await PeopleAhead.open(crew!, setup, joinDay))
    : chunksOfOurs(store, run, config, joinDay)
  let next = run.profilesThrough + 1
  do {
    if (await progress.shouldStop()) return false
    const end = Math.min(next + store.profileChunk, last + 1)
    const receipt = await write(next, end - next, end > last)
    next = end
    progress.wrote(receipt)
    progress.report('profiles', next - segment.firstPerson, segment.people)
  } while (next <= last)
  return true
}

function chunksOfOurs(store: RunStore, run: RunRecord, config: RunConfig, joinDay: number): WriteChunk {
  const population = populationOf(config)
  return (first, count, done) => {
    const people = Array.from({ length: count }, (_, i) => generateProfile(population, first + i, joinDay))
    return store.writeProfiles(run.id, people, done)
  }
}

/** @param last number of the last person */
function chunksOfCrew(store: RunStore, run: RunRecord, last: number, ahead: PeopleAhead): WriteChunk {
  let begun = run.profilesThrough + 1
  return async (first, people, done) => {
    for (; begun <= last && ahead.hasRoom; begun += store.profileChunk) {
      ahead.begin(begun, Math.min(store.profileChunk, last + 1 - begun))
    }
    const next = await ahead.next()
    if (next.first !== first || next.people !== people) throw new Error(`people from ${first} on were to come next`)
    return store.writePeople(run.id, next, done)
  }
}
