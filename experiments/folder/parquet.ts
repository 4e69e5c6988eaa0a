import { join } from 'node:path'
import { type ColumnSource, parquetWriteFile } from 'hyparquet-writer'
import { MEASURES, type Sweep } from '../studies/index.ts'
import type { ExperimentFolder } from './folder.ts'

/** Writes the runs of a sweep as `trials.parquet`, by point, then by seed: the columns of `trials.csv`. */
export async function writeParquet(
  folder: ExperimentFolder,
  { points, seeds, outcomes }: Sweep,
  paths: readonly string[],
): Promise<void> {
  const trials = points.flatMap((point, i) => seeds.map((seed, s) => ({ point, seed, outcome: outcomes[i]![s]! })))
  const text = (name: string, data: (string | null)[]): ColumnSource => ({ name, type: 'STRING', nullable: true, data })
  const number = (name: string, data: (number | null)[]): ColumnSource => ({
    name,
    type: 'DOUBLE',
    nullable: true,
    data,
  })
  const columnData = [
    text(
      'seed',
      trials.map(({ seed }) => seed),
    ),
    ...paths.map((path) =>
      number(
        path,
        trials.map(({ point }) => point[path] ?? null),
      ),
    ),
    ...MEASURES.map(({ key }) =>
      number(
        key,
        trials.map(({ outcome }) => ('values' in outcome ? (outcome.values[key] ?? null) : null)),
      ),
    ),
    text(
      'digest',
      trials.map(({ outcome }) => ('digest' in outcome ? outcome.digest : null)),
    ),
    text(
      'error',
      trials.map(({ outcome }) => ('error' in outcome ? outcome.error : null)),
    ),
  ]
  await parquetWriteFile({ filename: join(folder.path, 'trials.parquet'), columnData })
}
