import { setImmediate } from 'node:timers/promises'
import { inspect } from 'node:util'
import {
  DEFAULT_PARAMETERS,
  derive,
  ENGINE_VERSION,
  type EventExtension,
  flatParameters,
  formatDate,
  judge,
  MarketMetrics,
  METRICS,
  type Measures,
  mergeTallies,
  type RunConfig,
  simulationOf,
  type Tally,
} from '../../sim/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import type { Ledger } from '../database/source.ts'
import type { RunReport } from '../messages/index.ts'

/**
 * Everything that a report of a run shows. The ledger keeps no curves, so the run is lived again, and its digest compared.
 *
 * @param onDay told of the days lived again
 * @throws MingleError BAD_INPUT when there is no such run, it has no days, or another engine made it
 */
export async function gatherRun(
  ledger: Ledger,
  seed: string,
  commands: (config: RunConfig, days: number) => string[],
  onDay: (done: number, days: number) => void,
): Promise<RunReport> {
  const run = await ledger.findRun(seed)
  if (!run) throw badInput(`there is no run ${inspect(seed)} in ${ledger.url}`)
  if (run.engineVersion !== ENGINE_VERSION) {
    throw badInput(
      `run ${inspect(seed)} was made by engine ${run.engineVersion}, this is engine ${ENGINE_VERSION}: its charts cannot be made here; use mingle ${run.packageVersion}`,
    )
  }
  const days = await ledger.days(run.id)
  if (days.length === 0)
    throw badInput(`run ${inspect(seed)} has no days yet, so there is nothing to report; mingle activity adds some`)
  const config = ledger.configOf(run)
  const { measures, tally, digest } = await lived(config, await ledger.extensionOf?.(run), days.length, onDay)
  const verdicts = new Map(
    judge(measures.at(-1)!, { people: tally.vectors.profile?.[0] ?? 0, days: tally.days }).map((row) => [
      row.metric.id,
      row.verdict,
    ]),
  )
  const standard = flatParameters(DEFAULT_PARAMETERS)
  const given = flatParameters(config.parameters)
  return {
    seed,
    people: run.people,
    days: days.length,
    startDate: formatDate(run.startDay),
    engineVersion: run.engineVersion,
    packageVersion: run.packageVersion,
    database: ledger.url,
    digest: run.digest,
    replayed: digest,
    commands: commands(config, days.length),
    changes: Object.entries(given).flatMap(([path, value]) =>
      value === standard[path] ? [] : [[path, value, standard[path]!] as const],
    ),
    config: JSON.stringify(config, null, 2),
    rows: await ledger.rows(run.id),
    curves: METRICS.map(({ id }) => ({
      id,
      values: measures.map((day) => day[id]?.value ?? Number.NaN),
      low: measures.map((day) => day[id]?.interval?.[0] ?? Number.NaN),
      high: measures.map((day) => day[id]?.interval?.[1] ?? Number.NaN),
      n: measures.at(-1)![id]?.n ?? 0,
      verdict: verdicts.get(id)!,
    })),
    tally,
  }
}

async function lived(
  config: RunConfig,
  extension: EventExtension | undefined,
  days: number,
  onDay: (done: number, days: number) => void,
): Promise<{ measures: Measures[]; tally: Tally; digest: string }> {
  const run = simulationOf(config, extension)
  const metrics = new Map(run.markets.map((market) => [market, new MarketMetrics(market.people(), config.startDay)]))
  const measures: Measures[] = []
  let tally: Tally | undefined
  for (let done = 1; done <= days; done++) {
    run.passDays(1, (market) => metrics.get(market))
    tally = mergeTallies([...metrics.values()].map((one) => one.tally()))
    measures.push(derive(tally))
    onDay(done, days)
    await setImmediate()
  }
  return { measures, tally: tally!, digest: run.digest }
}
