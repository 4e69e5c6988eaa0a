import {
  createSimulation,
  derive,
  type Market,
  MarketMetrics,
  METRICS,
  mergeTallies,
  type SimulationRun,
  type Tally,
} from '../../../sim/index.ts'
import { breath, messageOf, serve } from './channel.ts'
import { type RatesAnswer, type RatesOrder, WORDS } from './protocol.ts'

/** Days between two tallies that are sent while the run goes on. */
const TALLY_EVERY = 10

let wanted = -1
const post = serve<RatesOrder, RatesAnswer>((order) => {
  if (order.type === 'cancel') wanted = -1
  else {
    wanted = order.job
    void run(order)
  }
})

/** Simulates day by day; between two days it looks whether something else is wanted by now. */
async function run({ job, input, days }: Extract<RatesOrder, { type: 'run' }>): Promise<void> {
  try {
    const start = performance.now()
    const run = createSimulation(input)
    const metrics = metricsOf(run)
    await breath()
    if (wanted !== job) return post({ type: 'cancelled', job })
    for (let day = 0; day < days; day++) {
      run.passDays(1, (market) => metrics.get(market))
      const tally = mergeTallies([...metrics.values()].map((market) => market.tally()))
      const values = valuesOf(tally)
      if (wanted !== job) return post({ type: 'cancelled', job })
      post({ type: 'day', job, day, values }, [values.buffer])
      if (day === days - 1 || day % TALLY_EVERY === TALLY_EVERY - 1) post({ type: 'tally', job, days: day + 1, tally })
      await breath()
      if (wanted !== job) return post({ type: 'cancelled', job })
    }
    post({ type: 'done', job, digest: run.digest, ms: performance.now() - start })
  } catch (error) {
    post({ type: 'failed', job, message: messageOf(error) })
  }
}

function metricsOf(run: SimulationRun): Map<Market, MarketMetrics> {
  return new Map(run.markets.map((market) => [market, new MarketMetrics(market.people(), run.config.startDay)]))
}

function valuesOf(tally: Tally): Float64Array {
  const measures = derive(tally)
  const values = new Float64Array(METRICS.length * WORDS)
  for (const [i, { id }] of METRICS.entries()) {
    const { value, n, interval } = measures[id] ?? { value: Number.NaN, n: 0, interval: null }
    values[i * WORDS] = value
    values[i * WORDS + 1] = interval?.[0] ?? Number.NaN
    values[i * WORDS + 2] = interval?.[1] ?? Number.NaN
    values[i * WORDS + 3] = n
  }
  return values
}
