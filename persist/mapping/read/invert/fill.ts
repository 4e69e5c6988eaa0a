import type { ColumnKind } from '../../../batch.ts'
import { TABLES } from '../../../rows/tables.ts'
import { sourceOf, sourcesOfTable } from '../../config/sources.ts'
import { quoted } from '../../sql/sql.ts'
import type { Part, Recipe } from './recipe.ts'
import type { Staging } from './staging.ts'

const EPOCH = "'1970-01-01T00:00:00.000+00:00'"
/** What stands where nothing is known; what needs the column is not asked for. */
const NOTHING: Readonly<Record<ColumnKind, string>> = {
  id: '0',
  int: '0',
  float: '0.0',
  time: EPOCH,
  date: EPOCH,
  json: "'{}'",
  text: "''",
}
const NULLABLE = ['profiles.bio', 'profile_views.source_post_id']

/** A part that lacks rows which the one before it has. */
export interface Hole {
  readonly label: string
  readonly rows: number
}

/**
 * Fills a reference table from staged parts.
 * @param stagedAs the table in which a part's rows wait
 * @param required columns without which a row is left out; elsewhere, something neutral stands for what is not known
 */
export function fill(
  staging: Staging,
  recipe: Recipe,
  stagedAs: (part: Part) => string,
  required: readonly string[] = [],
): void {
  const { table, branches, held } = recipe
  const columns = Object.entries(TABLES[table].columns)
  const rows = branches.map((branch) => {
    const { from, told } = joined(recipe, branch, stagedAs)
    return `SELECT ${columns.map(([name]) => `${told.get(name) ?? 'NULL'} AS ${quoted(name)}`).join(', ')} ${from}`
  })
  const own = TABLES[table].order
  const { time } = sourceOf(sourcesOfTable(table)[0]!)
  const numbered = `row_number() OVER (ORDER BY ${time !== undefined && held.has(time) ? `${quoted(time)}, ` : ''}n)`
  const values = columns.map(([name, kind]) => {
    if (!held.has(name) && own.includes(name)) return numbered
    if (NULLABLE.includes(`${table}.${name}`)) return quoted(name)
    return `coalesce(${quoted(name)}, ${name === 'time_zone' ? "'UTC'" : NOTHING[kind]})`
  })
  const told = required.map((name) => `${quoted(name)} IS NOT NULL`).join(' AND ')
  const only = told === '' ? '' : ` WHERE ${told}`
  staging.db.exec(
    `INSERT OR IGNORE INTO ${quoted(table)} (${columns.map(([name]) => quoted(name)).join(', ')})
     SELECT ${values.join(', ')} FROM (SELECT *, row_number() OVER () AS n FROM (${rows.join(' UNION ALL ')}))${only}`,
  )
}

/** Rows of a branch's first part that another part does not know. */
export function holesOf(staging: Staging, recipe: Recipe, stagedAs: (part: Part) => string): Hole[] {
  return recipe.branches.flatMap((branch) =>
    branch.slice(1).flatMap((part): Hole[] => {
      const { from, alias } = joined(recipe, [branch[0], part], stagedAs)
      const own = quoted(TABLES[recipe.table].order[0]!)
      const rows = staging.number(`SELECT count(*) ${from} WHERE ${alias(1)}.${own} IS NULL`)
      return rows > 0 ? [{ label: part.target.label, rows }] : []
    }),
  )
}

/** The parts beside one another, and where each column is told first. */
function joined({ table }: Recipe, branch: readonly Part[], stagedAs: (part: Part) => string) {
  const own = TABLES[table].order
  const alias = (i: number) => `p${i}`
  const told = new Map<string, string>()
  const tables = branch.map((part, i) => {
    const names = Object.keys(TABLES[table].columns).filter((name) => {
      if (!part.columns.has(name) || (told.has(name) && !own.includes(name))) return false
      if (!told.has(name)) told.set(name, `${alias(i)}.${quoted(name)}`)
      return true
    })
    const on = own.map((name) => `${alias(i)}.${quoted(name)} = ${alias(0)}.${quoted(name)}`).join(' AND ')
    return `${i === 0 ? 'FROM' : 'LEFT JOIN'} (${selection(part, names, stagedAs(part))}) ${alias(i)}${i === 0 ? '' : ` ON ${on}`}`
  })
  return { from: tables.join('\n'), told, alias }
}

function selection({ columns, pair, target }: Part, names: readonly string[], table: string): string {
  const sql = (name: string) => columns.get(name)!.sql()
  if (!pair) return `SELECT ${names.map((name) => `${sql(name)} AS ${quoted(name)}`).join(', ')} FROM ${table} s`
  // Two rows, which differ in the people alone: the smaller number comes first in a match.
  const [own] = target.facts.own as readonly [string]
  const both = names.map((name) => `${name === 'user_b_id' ? 'max' : 'min'}(${sql(name)}) AS ${quoted(name)}`)
  const people = () => ['min', 'max'].map((pick) => `${pick}(${sql('user_a_id')}, ${sql('user_b_id')})`)
  return `SELECT ${both.join(', ')} FROM ${table} s GROUP BY ${columns.has(own) ? sql(own) : people().join(', ')}`
}
