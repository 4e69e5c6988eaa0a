import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Plan, problemText, validateMapped } from '../../../../persist/index.ts'
import { configFromSettings, extendRun, type RunResult, startRun } from '../../../../run/index.ts'
import { MARIADBD, startMariadb } from '../../servers/mariadb-server.ts'
import { type PostgresServer, query, startPostgres } from '../../servers/postgres-server.ts'
import { farFromUtc } from '../../time-zone.ts'
import {
  BONDS_SQL,
  DEFAULT_SQL,
  type Fact,
  inWords,
  lines,
  SNAKE_PAIRS_SQL,
  SNAKE_SQL,
  SWIPES_BONDS_SQL,
  SWIPES_SQL,
} from '../facts.ts'
import { fixture, HOBBIES, type Mariadb, planOn, prepareFile, prepareMariadb, preparePostgres } from '../site.ts'

farFromUtc()

const CONFIG = configFromSettings({ seed: 'three schemas', count: 45 })
const DAYS = 3
const MORE = 2
const SQL = { default: DEFAULT_SQL, snake: SNAKE_SQL, swipes: SWIPES_SQL } as const

interface Place {
  readonly schema: keyof typeof SQL
  readonly database: 'sqlite' | 'postgresql' | 'mysql'
  readonly writer: 'bulk' | 'prisma'
}

const PLACES: Place[] = (['sqlite', 'postgresql', ...(MARIADBD ? (['mysql'] as const) : [])] as const).flatMap(
  (database) =>
    (['default', 'snake', 'swipes'] as const).flatMap((schema) =>
      // The reference schema by createMany is the contract suite's.
      (schema === 'default' ? (['bulk'] as const) : (['bulk', 'prisma'] as const)).map(
        (writer): Place => ({ schema, database, writer }),
      ),
    ),
)
const MAPPED = PLACES.filter(({ schema }) => schema !== 'default')
const nameOf = ({ schema, database, writer }: Place) => `${schema} on ${database} by ${writer}`

if (!MARIADBD)
  console.log('No mariadbd here: mappings onto MariaDB are left out (apt-get install mariadb-server-core).')

/** A database that a run was written to. */
interface Filled {
  readonly plan: Plan | undefined
  readonly result: RunResult
  readonly url: string
  readonly rows: (sql: string) => Promise<Record<string, unknown>[]>
}

const folder = mkdtempSync(join(tmpdir(), 'mingle-schemas-'))
let server: PostgresServer
let maria: Mariadb | undefined
const filled = new Map<string, Filled>()

/** An empty database with the schema's tables. */
async function empty(place: Place): Promise<Omit<Filled, 'result'>> {
  const { schema, database } = place
  const mapped = schema !== 'default'
  switch (database) {
    case 'sqlite': {
      const file = join(folder, `${nameOf(place)}.db`)
      if (mapped) await prepareFile(file, schema)
      const plan = mapped ? await planOn('sqlite', schema) : undefined
      return { plan, url: `file:${file}`, rows: async (sql) => sqliteRows(file, sql) }
    }
    case 'postgresql': {
      const url = await server.createDatabase()
      if (mapped) await preparePostgres(url, schema)
      const plan = mapped ? await planOn('postgresql', schema) : undefined
      return { plan, url, rows: (sql) => query(url, sql) }
    }
    default: {
      const { url, name } = await maria!.createDatabase()
      if (mapped) await prepareMariadb(maria!, name, `${schema}-mysql`)
      const plan = mapped ? (await fixture(`${schema}-mysql`)).plan : undefined
      return { plan, url, rows: (sql) => maria!.query(name, sql) }
    }
  }
}

function sqliteRows(file: string, sql: string): Record<string, unknown>[] {
  const db = new Database(file)
  try {
    return db.prepare(sql).all() as Record<string, unknown>[]
  } finally {
    db.close()
  }
}

/** A run, then more days and people, in two processes' worth of stores. */
async function fill(place: Place): Promise<void> {
  const { plan, url, rows } = await empty(place)
  expect(plan?.problems.map(problemText) ?? []).toEqual([])
  const options = { writer: place.writer, batchSize: 400, pauseMs: 0, ...(plan && { mapping: plan }) }
  const { batchSize, pauseMs, ...bulk } = options
  const open = () => openStore(url, place.writer === 'prisma' ? { ...bulk, batchSize, pauseMs } : bulk)
  const first = await open()
  expect(first.writer === 'prisma').toBe(place.writer === 'prisma')
  await startRun(first, CONFIG, DAYS, { workers: 0 })
  await first.close()
  const second = await open()
  const result = await extendRun(second, CONFIG.seed, { days: MORE, join: 5 }, { workers: 0 })
  await second.close()
  filled.set(nameOf(place), { plan, url, rows, result })
}

beforeAll(async () => {
  server = await startPostgres()
  if (MARIADBD) maria = await startMariadb(MARIADBD)
  for (const place of PLACES) await fill(place)
}, 240_000)

afterAll(async () => {
  await server?.stop()
  await maria?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function told(place: Place, sql: string): Promise<string[]> {
  return lines(await filled.get(nameOf(place))!.rows(inWords(place.database, place.schema, sql)))
}

/** What the reference schema on SQLite tells. */
function expected(fact: Fact): Promise<string[]> {
  return told({ schema: 'default', database: 'sqlite', writer: 'bulk' }, DEFAULT_SQL[fact])
}

describe('three dissimilar schemas, on every database and by every writer', () => {
  it('give one digest of facts', () => {
    const digests = new Set([...filled.values()].map(({ result }) => result.digest))
    expect(filled.size).toBe(PLACES.length)
    expect(digests.size).toBe(1)
    expect([...digests][0]).toMatch(/^[0-9a-f]{32}$/)
  })

  describe.each(Object.keys(DEFAULT_SQL) as Fact[])('%s', (fact) => {
    const holding = PLACES.filter(({ schema }) => fact in SQL[schema])
    it.each(holding.map((place) => [nameOf(place), place] as const))('inverts from %s', async (_, place) => {
      const facts = await expected(fact)
      // Hobbies that the site did not have before were left out.
      const some = fact === 'interest' && place.schema === 'swipes'
      const known = some ? facts.filter((line) => HOBBIES.some((name) => line.endsWith(`| ${name}`))) : facts
      expect(known.length).toBeGreaterThan(0)
      const found = await told(place, SQL[place.schema][fact]!)
      const spelled = (list: string[]) => (some ? list.map((line) => line.toLowerCase()) : list)
      expect(spelled(found)).toEqual(spelled(known))
    })
  })

  const snake = MAPPED.filter(({ schema }) => schema === 'snake').map((place) => [nameOf(place), place] as const)
  it.each(snake)('likes invert from the rows into which two of them fold: %s', async (_, place) => {
    expect(await told(place, SNAKE_PAIRS_SQL)).toEqual(await expected('like'))
  })

  const swipes = MAPPED.filter(({ schema }) => schema === 'swipes').map((place) => [nameOf(place), place] as const)
  it.each(swipes)('matches invert from rows that a like opened, and who was first is kept: %s', async (_, place) => {
    expect(await told(place, SWIPES_BONDS_SQL)).toEqual(await expected('match'))
    const [bonds] = await filled.get(nameOf(place))!.rows(inWords(place.database, 'swipes', BONDS_SQL))
    expect(Number(bonds!.n)).toBeGreaterThan(20)
    expect([Number(bonds!.wrong_status), Number(bonds!.wrong_initiator)]).toEqual([0, 0])
  })

  it.each(['snake', 'swipes'])('validate judges %s alike on every database', async (schema) => {
    const judged = new Map<string, string[]>()
    for (const place of MAPPED.filter((other) => other.schema === schema && other.writer === 'bulk')) {
      const { url, plan } = filled.get(nameOf(place))!
      const said = JSON.stringify(await validateMapped(url, plan!))
      judged.set(said, [...(judged.get(said) ?? []), nameOf(place)])
    }
    expect([...judged.values()]).toHaveLength(1)
  })

  it.each(MAPPED.map((place) => [nameOf(place), place] as const))('%s is as it was written', async (_, place) => {
    const { url, plan, result } = filled.get(nameOf(place))!
    const store = await openStore(url, { mapping: plan! })
    const verification = await store.verify(result.run.id)
    await store.close()
    expect(verification).toMatchObject({ difference: null })
    expect(verification.rows).toBeGreaterThan(1000)
  })
})
