import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Validation, validateDatabase } from '../../../persist/index.ts'
import { TABLES } from '../../../persist/rows/tables.ts'
import {
  CHECK_NEEDS,
  METRIC_NEEDS,
  missingForCheck,
  missingForMetric,
  SOME_NEEDED,
} from '../../../persist/validate/needs.ts'
import { configFromSettings, startRun } from '../../../run/index.ts'

/** Limits that leave nothing out. */
const LIMITS = { people: 1, days: 1, observations: 1 }

const folder = mkdtempSync(join(tmpdir(), 'mingle-needs-'))
const file = join(folder, 'run.db')
let whole: Validation

beforeAll(async () => {
  const store = await openStore(`file:${file}`)
  const config = configFromSettings({ seed: 'needs', count: 90, set: ['policy.arrivals.perDay=3'] })
  await startRun(store, config, 10, { workers: 0 })
  await store.close()
  const db = new Database(file)
  for (const { name } of db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%'")
    .all() as { name: string }[]) {
    db.exec(`DROP INDEX "${name}"`)
  }
  db.close()
  whole = await validateDatabase(`file:${file}`, undefined, LIMITS)
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const columns = Object.entries(TABLES).flatMap(([table, shape]) =>
  Object.entries(shape.columns).map(([name, kind]) => [table, name, kind] as const),
)
const held = new Set(columns.flatMap(([table, name]) => [`${table}.${name}`, `${table}.${name}!`, `${table}#`]))
for (const more of ['likes.dislikes', 'profiles.own', 'searchable_users.user_id']) held.add(more)

/** Columns on which nothing hangs, as far as anything says. */
const idle = columns.filter(([table, name]) => {
  const left = new Set([...held].filter((need) => need.replace('!', '') !== `${table}.${name}`))
  const { order } = TABLES[table as keyof typeof TABLES]
  return !order.includes(name) && everything(left).length === 0
})

/** Ids of the metrics and checks that want something else than is told. */
function everything(left: ReadonlySet<string>): string[] {
  const checks = [...Object.keys(CHECK_NEEDS), ...Object.keys(SOME_NEEDED)]
  return [
    ...Object.keys(METRIC_NEEDS).filter((id) => missingForMetric(id, left).length > 0),
    ...checks.filter((id) => missingForCheck(id, left).length > 0),
  ]
}

/** Values that tell nothing; keys cannot all be one, so all rows go instead. */
function spoil([table, name, kind]: (typeof columns)[number]): string {
  if (TABLES[table as keyof typeof TABLES].order.includes(name)) return `DELETE FROM ${table}`
  const values: Record<string, string> = { id: '0', int: '0', float: '0', json: "'{}'", text: "''" }
  const value = name === 'time_zone' ? "'UTC'" : (values[kind] ?? "'2024-01-03T04:05:06.007+00:00'")
  return `UPDATE ${table} SET ${name} = ${value}`
}

async function without(statements: readonly string[]): Promise<Validation> {
  const copy = join(folder, 'copy.db')
  new Database(file).exec(`VACUUM INTO '${copy}'`)
  const db = new Database(copy)
  db.exec('PRAGMA foreign_keys = OFF')
  for (const statement of statements) db.prepare(statement).run()
  db.close()
  try {
    return await validateDatabase(`file:${copy}`, undefined, LIMITS)
  } finally {
    rmSync(copy)
  }
}

describe('what a check or metric needs is what it hangs on', () => {
  it('and all of them say what they need', () => {
    for (const { metric } of whole.metrics) expect(missingForMetric(metric.id, held), metric.id).toEqual([])
    for (const { id } of whole.checks) expect(missingForCheck(id, held), id).toEqual([])
    expect(missingForMetric('1', new Set())).not.toEqual([])
    expect(() => missingForMetric('99', held)).toThrow(/nothing says/)
  })

  it('nothing hangs on the columns that none names', async () => {
    expect(idle.length).toBeGreaterThan(10)
    const spoilt = await without(idle.map(spoil))
    expect(changed(spoilt)).toEqual([])
  })

  const keyed = columns.filter(([table, name]) => {
    const { key, order } = TABLES[table as keyof typeof TABLES]
    return !order.includes(name) || (name === key && key !== 'id')
  })
  it.each(keyed.filter((column) => !idle.includes(column)))('%s.%s', async (...column) => {
    const [table, name] = column
    const gone = spoil(column).startsWith('DELETE') ? new RegExp(`^${table}[.#]`) : new RegExp(`^${table}\\.${name}!?$`)
    const left = new Set([...held].filter((need) => !gone.test(need)))
    const declared = everything(left)
    expect(changed(await without([spoil(column)])).filter((id) => !saidOf(id, left))).toEqual([])
    expect(declared).not.toEqual([])
  })
})

function saidOf(id: string, left: ReadonlySet<string>): boolean {
  const metric = whole.metrics.some((row) => row.metric.id === id)
  // These look at whatever is there.
  return id in SOME_NEEDED || (metric ? missingForMetric : missingForCheck)(id, left).length > 0
}

/** Ids of metrics and checks that came to something else. */
function changed(spoilt: Validation): string[] {
  const metrics = whole.metrics.filter((row) => {
    const now = spoilt.metrics.find(({ metric }) => metric.id === row.metric.id)!
    return now.n !== row.n || !Object.is(now.value, row.value)
  })
  const checks = whole.checks.filter((check) => {
    const now = spoilt.checks.find(({ id }) => id === check.id)
    return now?.value !== check.value || now.ok !== check.ok
  })
  return [...metrics.map(({ metric }) => metric.id), ...checks.map(({ id }) => id)]
}
