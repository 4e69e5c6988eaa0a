import { type PersonReport, type RunConfig, reportPerson } from '../../sim/index.ts'
import { type Estimates, estimate } from './estimate.ts'
import { type Sample, type SampleOptions, takeSample } from './sample.ts'
import { type FreeBytes, type Space, spaceAt } from './space.ts'

const PEOPLE_SHOWN = 3

export interface Forecast extends Estimates {
  readonly sample: Sample
  /** Where it would be written; null when that is not on this machine. */
  readonly space: Space | null
  /** The first of the run's own people. */
  readonly people: readonly PersonReport[]
}

/**
 * What a run would come to, by small runs of its kind that are lived and written into a temporary SQLite file: nothing is
 * written elsewhere.
 *
 * @param freeBytes asks the file system by default
 */
export async function forecastRun(
  databaseUrl: string,
  config: RunConfig,
  days: number,
  options: SampleOptions,
  freeBytes?: FreeBytes,
): Promise<Forecast> {
  const space = spaceAt(databaseUrl, freeBytes)
  const sample = await takeSample(config, days, options)
  const shown = Math.min(PEOPLE_SHOWN, config.count)
  const people = Array.from({ length: shown }, (_, i) => reportPerson(config, i + 1))
  return { ...estimate(sample, config.count, days), sample, space, people }
}
