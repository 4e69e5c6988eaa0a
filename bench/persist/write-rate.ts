/**
 * Rows per second of one writer, on the main job's own days, simulated beforehand: making rows, digests, indexes and
 * commits are counted, the simulation is not. One writer per process.
 *
 *     node dist/bench/persist/write-rate.js <database URL> [people] [days] [writer]
 *
 * CPU seconds of this process stand beside the wall clock, since a shared machine stretches the latter.
 */
import { openStore } from '../../persist/index.ts'
import {
  createPopulation,
  createSimulation,
  type DayFacts,
  digestByKind,
  digestDay,
  FACT_KINDS,
  generateProfile,
  placePack,
} from '../../sim/index.ts'

const [url = 'file:/tmp/write-rate.db', people = '1000', days = '30', writer = 'bulk'] = process.argv.slice(2)
const count = Number(people)
const simulation = createSimulation({ seed: `rate ${Date.now()}`, count })
const { config } = simulation
const population = createPopulation({
  seed: config.seed,
  startDay: config.startDay,
  places: placePack(config.places),
  parameters: config.parameters.population,
})

const store = await openStore(url, { writer, pauseMs: 0 })
const { id } = await store.createRun({
  seed: config.seed,
  startDay: config.startDay,
  placePack: config.places,
  config: '{}',
  engineVersion: 0,
  packageVersion: 'bench',
  segment: { fromDay: 0, days: Number(days), firstPerson: 1, people: count, gap: 0, inputs: '{}' },
})
for (let k = 1; k <= count; k += store.profileChunk) {
  const length = Math.min(store.profileChunk, count - k + 1)
  const chunk = Array.from({ length }, (_, i) => generateProfile(population, k + i))
  await store.writeProfiles(id, chunk, k + length > count)
}

let seconds = 0
let cpuSeconds = 0
let rows = 0
for (let day = 0; day < Number(days); day++) {
  const facts: DayFacts = simulation.runDay()
  const byKind = digestByKind(digestDay(facts))
  const start = performance.now()
  const cpu = process.cpuUsage()
  const receipt = await store.writeDay(
    id,
    facts,
    [],
    FACT_KINDS.map((kind) => byKind[kind]!),
  )
  seconds += (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  cpuSeconds += (user + system) / 1e6
  rows += Object.values(receipt.rows).reduce((sum, n) => sum + n, 0)
}
const rate = (s: number) => Math.round(rows / s).toLocaleString('en')
console.log(`${store.url} ${store.writer}: ${rows.toLocaleString('en')} rows`)
console.log(`  ${seconds.toFixed(2)} s wall: ${rate(seconds)} rows/s`)
console.log(`  ${cpuSeconds.toFixed(2)} s CPU here: ${rate(cpuSeconds)} rows/s`)
await store.close()
