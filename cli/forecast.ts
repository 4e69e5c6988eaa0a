import type { Estimate, Forecast } from '../run/index.ts'
import type { RunConfig } from '../sim/index.ts'
import { Interrupt } from './interrupt.ts'
import { type MappedDatabase, mappedDatabase, withoutDatabase } from './mapping.ts'
import { type Drive, databaseUrl, type Flags } from './options/flags.ts'
import { grouped, printTable } from './reports/table.ts'
import { chosenExtension } from './session.ts'

/** Tells what a run would come to, and refuses a disk that is too small. @returns exit code 0 */
export async function forecastSession(flags: Flags, drive: Drive, config: RunConfig, days: number): Promise<number> {
  const { checkIdWidth, checkSpace, forecastRun } = await import('../run/index.ts')
  const { ProgressView } = await import('./reports/progress.ts')
  const nowhere = drive.writer === 'none'
  const {
    url,
    mapping,
    extension: usual,
  }: MappedDatabase = nowhere
    ? await withoutDatabase('none:', drive.config)
    : await mappedDatabase(databaseUrl(flags), drive.config)
  const extension = await chosenExtension(drive.extension ?? usual)
  const view = new ProgressView()
  const interrupt = new Interrupt(() => view.say('Stopping; Ctrl-C again ends at once.'))
  try {
    const forecast = await forecastRun(url, config, days, {
      ...(drive.workers !== undefined && { workers: drive.workers }),
      ...(extension && { extension }),
      ...(mapping && { site: { mapping, url } }),
      jobs: drive.jobs === true && days > 0,
      signal: interrupt.signal,
      onProgress: view.show,
    })
    view.stop()
    if (drive.json) console.log(JSON.stringify(forecastJson(forecast, config, days)))
    else await printForecast(forecast, config, days)
    if (!nowhere) {
      checkIdWidth(forecast.rows, url)
      checkSpace(forecast.diskBytes, forecast.space)
    }
    return 0
  } finally {
    view.stop()
    interrupt.release()
  }
}

/** As plain data: every estimate is a value and the half-width of its 95% interval, null where there is none. */
function forecastJson(forecast: Forecast, config: RunConfig, days: number): Record<string, unknown> {
  const { rows, total, diskBytes, memoryBytes, seconds, space, people, sample } = forecast
  const { isItself, peopleEach, daysEach, runs } = sample
  return {
    dryRun: true,
    seed: config.seed,
    people: config.count,
    days,
    rows,
    total,
    diskBytes,
    memoryBytes,
    seconds,
    freeBytes: space?.freeBytes ?? null,
    sample: { itself: isItself, runs: runs.length, people: peopleEach, days: daysEach },
    examples: people,
  }
}

async function printForecast(forecast: Forecast, config: RunConfig, days: number): Promise<void> {
  const { megabytes } = await import('../run/index.ts')
  const { personLines } = await import('./reports/person-report.ts')
  const { rows, total, diskBytes, memoryBytes, seconds, space, people, sample } = forecast
  const { isItself, peopleEach, daysEach, runs } = sample
  const row = (name: string, { value, error }: Estimate, show = grouped) => [
    name,
    show(value),
    error === null ? '' : error === 0 ? 'exactly' : `± ${show(error)}`,
  ]
  const right = (cells: string[][]) => {
    const width = Math.max(...cells.map((cell) => cell[1]!.length))
    return cells.map(([name, value, error]) => [name!, value!.padStart(width), error!])
  }
  printTable(
    ['table', 'rows', ''],
    right([...Object.entries(rows).map(([table, of]) => row(table, of)), row('all', total)]),
  )
  console.log('')
  printTable(
    ['', '', ''],
    right([
      row('disk', diskBytes, (bytes) => `${megabytes(bytes)} MB`),
      row('memory', memoryBytes, (bytes) => `${megabytes(bytes)} MB`),
      row('time', seconds, (value) => `${value.toFixed(1)} s`),
    ]),
  )
  console.log('')
  if (space) console.log(`${megabytes(space.freeBytes)} MB are free in ${space.folder}`)
  const lived = isItself
    ? daysEach === days
      ? 'measured by the run itself'
      : `estimated from the run's own first ${daysEach} days`
    : `estimated from ${runs.length} runs of ${grouped(peopleEach)} people and ${daysEach} days`
  console.log(`${lived}, in a temporary SQLite file that is gone again; ± is half a 95% interval`)
  console.log(`nothing was written for run ${config.seed}: ${grouped(config.count)} people, ${days} days, among them`)
  for (const person of people) console.log(`\n${personLines(person).join('\n')}`)
}
