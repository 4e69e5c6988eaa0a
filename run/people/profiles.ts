import type { RunRecord, RunStore } from '../../persist/index.ts'
import { generateProfile, type RunConfig } from '../../sim/index.ts'
import type { RunProgress } from '../state.ts'
import { populationOf } from './population.ts'

/**
 * Phase A: makes and writes the people of the run's current segment, from where the ledger stands, a chunk a
 * transaction.
 *
 * @returns whether the phase is done; false when it was stopped between two chunks
 */
export async function writeProfiles(
  store: RunStore,
  run: RunRecord,
  config: RunConfig,
  progress: RunProgress,
): Promise<boolean> {
  const segment = run.segments.at(-1)!
  // Whoever comes with a later segment joins on its first day.
  const joinDay = run.segments.length > 1 ? segment.fromDay : -1
  const last = segment.firstPerson + segment.people - 1
  const population = populationOf(config)
  let next = run.profilesThrough + 1
  do {
    if (await progress.shouldStop()) return false
    const end = Math.min(next + store.profileChunk, last + 1)
    const people = Array.from({ length: end - next }, (_, i) => generateProfile(population, next + i, joinDay))
    const receipt = await store.writeProfiles(run.id, people, end > last)
    next = end
    progress.wrote(receipt)
    progress.report('profiles', next - segment.firstPerson, segment.people)
  } while (next <= last)
  return true
}
