import { type Problem, problem } from '../config/problem.ts'
import { uniquesOf } from '../metadata/metadata.ts'
import { timeColumns } from '../plan/integer-times.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'
import { exampleOf } from '../plan/producers.ts'
import { asKept } from '../sql/integer-times.ts'
import { type LiveTable, liveTable, type Obstacle, readOnly } from '../sql/live/index.ts'
import { type Dialect, quoted, type SqlBackend } from '../sql/sql.ts'
import { narrowerColumns } from './live-types.ts'
import { uniqueProblems } from './unique-checks.ts'

/** Problems of the live database, whether it takes anything at all first; and what is worth knowing of it. */
export async function liveFindings(
  backend: SqlBackend,
  plan: Plan,
): Promise<{ readonly problems: Problem[]; readonly notes: Problem[] }> {
  const says = (code: Problem['code'], message: string, paste: string) =>
    problem(code, null, null, null, message, paste)
  if (!(await backend.exists())) {
    const message = `${backend.url} has no ledger (table seed_runs)`
    return { problems: [says('missing ledger', message, 'npx prisma migrate dev')], notes: [] }
  }
  const closed = await readOnly(backend)
  const problems = closed === null ? [] : [says('not in the database', closed, 'a URL that can be written to')]
  problems.push(...(await liveProblems(backend, plan)))
  const kept = await asKept(backend, plan)
  const integers = kept.targets.some((target) => timeColumns(target).some(({ kind }) => kind === 'int'))
  const times = plan.targets.some((target) => timeColumns(target).length > 0)
  const timesKept =
    backend.dialect === 'sqlite' && times
      ? [
          says(
            'time of writing',
            integers
              ? 'times are written as integers (milliseconds since 1970), as the rows that are there or Prisma up to version 6 have them'
              : 'times are written as text, as the rows that are there or Prisma 7 have them',
            `times: '${integers ? 'text' : 'integer'}',   // in the configuration, for the other`,
          ),
        ]
      : []
  return { problems, notes: [...timesKept, ...(await liveNotes(backend, plan))] }
}

/**
 * What the live database has that a plan would run into: tables and columns that it lacks, and what a Prisma schema does not
 * say (views, columns that are computed or that want a value, rows that this user does not see, partitions).
 */
export async function liveProblems(backend: SqlBackend, plan: Plan): Promise<Problem[]> {
  const problems: Problem[] = []
  const tables = new Map<string, LiveTable>()
  const told = new Set<string>()
  for (const target of [...plan.lookups.values(), ...plan.targets, ...plan.derived]) {
    const { model } = target
    let table = tables.get(model.name)
    if (!table) {
      tables.set(model.name, (table = await liveTable(backend, model)))
      problems.push(...tableProblems(target, table, backend.dialect))
    }
    if (table.kind === null || table.kind === 'view') continue
    const found = [
      ...mappedColumns(target, table),
      ...wantedColumns(target, table, plan, backend.dialect),
      ...foreignCharacters(target, table),
      ...narrowerColumns(target, table, backend.dialect),
      ...otherUniques(target, table),
    ]
    for (const each of found) {
      const name = `${each.code} ${each.model}.${each.field}`
      if (told.has(name)) continue
      told.add(name)
      problems.push(each)
    }
  }
  return problems
}

function tableProblems({ source, model }: PlannedTarget, { kind, obstacles }: LiveTable, dialect: Dialect): Problem[] {
  const says = (message: string, paste: string) =>
    problem('not in the database', source, model.name, null, message, paste)
  if (kind === null) return [says(`the database has no table '${model.table}'`, 'npx prisma migrate dev')]
  if (kind === 'view') {
    return [
      says(
        `'${model.table}' is a view: no rows can be written to it`,
        `${source}: skip(),   // or map the tables behind it`,
      ),
    ]
  }
  return obstacles.map((obstacle) => says(...OBSTACLES[obstacle](model.table, quoted(model.table, dialect))))
}

const OBSTACLES: Readonly<Record<Obstacle, (table: string, name: string) => [message: string, paste: string]>> = {
  'row security': (table) => [
    `row level security holds for this user in '${table}': COPY is refused, and rows would be hidden from 'verify' and 'reset'`,
    `a URL of the table's owner, or of a role with BYPASSRLS`,
  ],
  'no partition': (table) => [
    `'${table}' is partitioned and has no partition, so no row can go there`,
    `CREATE TABLE "${table}_rest" PARTITION OF "${table}" DEFAULT;`,
  ],
  'may not insert': (table, name) => [`this user may not insert into '${table}'`, `GRANT INSERT ON ${name} TO …;`],
  'may not read': (table, name) => [`this user may not read '${table}'`, `GRANT SELECT ON ${name} TO …;`],
}

/** Columns that the mapping fills and the database does not have, or computes itself. */
function mappedColumns({ all, model, source }: PlannedTarget, { columns }: LiveTable): Problem[] {
  return all.flatMap(({ field: own, part }) => {
    const field = part?.of ?? own
    const live = columns.get(field.column)
    const says = (message: string, paste: string) => [
      problem('not in the database', source, model.name, field.name, message, paste),
    ]
    if (!live) return says(`table '${model.table}' has no column '${field.column}'`, 'npx prisma migrate dev')
    if (!live.generated) return []
    const message = `the database computes '${field.column}' itself (GENERATED ALWAYS AS) and takes no value`
    return says(message, `leave '${field.name}' out of ${model.name}`)
  })
}

/** Columns that want a value which the mapping does not give. */
function wantedColumns(
  { all, verb, model, source, label }: PlannedTarget,
  { columns }: LiveTable,
  plan: Plan,
  dialect: Dialect,
): Problem[] {
  if (verb === 'update') return []
  // A lookup row's key is found or made as it is added.
  const keys = plan.lookups.get(source)?.model === model ? model.primaryKey : []
  const given = new Set(all.map(({ field, part }) => (part?.of ?? field).column))
  return [...columns].flatMap(([column, { required, filled, generated }]) => {
    if (!required || filled || generated || given.has(column)) return []
    const field = model.fields.find((each) => each.column === column)
    if (field && keys.includes(field.name)) return []
    const message = `the database wants a value in '${column}' (NOT NULL, no default), and ${label} gives none`
    const paste = field
      ? `set: { ${field.name}: ${exampleOf(field)} }`
      : `${withDefault(model.table, column, dialect)}   // the Prisma schema does not say this column`
    return [problem('not in the database', source, model.name, field?.name ?? column, message, paste)]
  })
}

/** SQLite changes no column that is there. */
function withDefault(table: string, column: string, dialect: Dialect): string {
  const [of, name] = [quoted(table, dialect), quoted(column, dialect)]
  if (dialect !== 'sqlite') return `ALTER TABLE ${of} ALTER COLUMN ${name} SET DEFAULT …;`
  return `ALTER TABLE ${of} DROP COLUMN ${name}; ALTER TABLE ${of} ADD COLUMN ${name} … NOT NULL DEFAULT …;`
}

/** Texts of people, who use whatever characters there are. */
const WRITTEN: ReadonlySet<string> = new Set(['text', 'body', 'bio'])

/** Columns whose character set has no emoji, and texts that have. */
function foreignCharacters({ all, model, source }: PlannedTarget, { columns }: LiveTable): Problem[] {
  return all.flatMap(({ field, producer }) => {
    const characters = columns.get(field.column)?.characters
    if (!characters || producer.from !== 'column' || !WRITTEN.has(producer.column)) return []
    const message = `'${producer.column}' has emoji, and the database keeps '${field.column}' in ${characters}, which has none`
    const paste = `ALTER TABLE ${model.table} CONVERT TO CHARACTER SET utf8mb4;   // PostgreSQL: a database with ENCODING 'UTF8'`
    return [problem('not in the database', source, model.name, field.name, message, paste)]
  })
}

/** Uniques that the schema does not have and facts cannot satisfy, and those by which rows are to be folded and are not there. */
function otherUniques(target: PlannedTarget, { uniques }: LiveTable): Problem[] {
  const { model, verb, source, unique, lookup } = { ...target, lookup: target.facts.time === undefined }
  const fieldOf = (column: string) => model.fields.find((field) => field.column === column)?.name
  const there = uniques.map(({ columns, late }) => ({ late, fields: columns.map(fieldOf) }))
  const same = (a: readonly unknown[], b: readonly unknown[]) =>
    a.length === b.length && a.every((name) => b.includes(name))
  if (verb === 'fold') {
    if (there.some(({ fields, late }) => !late && same(fields, unique))) return []
    const names = unique.join(', ')
    const message = `rows are folded by (${names}), and the database has no unique on just these columns${there.some(({ fields }) => same(fields, unique)) ? ' that holds at once (it is DEFERRABLE)' : ''}`
    return [
      problem(
        'not in the database',
        source,
        model.name,
        unique[0] ?? null,
        message,
        `@@unique([${names}]), then: npx prisma migrate dev`,
      ),
    ]
  }
  if (verb !== 'insert' || lookup) return []
  const known = uniquesOf(model)
  const unsaid = there.flatMap(({ fields }) => {
    if (fields.includes(undefined) || known.some((of) => of.every((name) => fields.includes(name)))) return []
    return [fields as string[]]
  })
  return uniqueProblems({ ...target, model: { ...model, primaryKey: [], uniques: unsaid } }).map((each) => ({
    ...each,
    message: `${each.message}; the database has this unique, the Prisma schema does not`,
  }))
}

/** What the database will do with rows, or ask of them, that nobody can tell beforehand. */
async function liveNotes(backend: SqlBackend, plan: Plan): Promise<Problem[]> {
  const notes: Problem[] = []
  const seen = new Set<string>()
  for (const { model, source } of [...plan.lookups.values(), ...plan.targets]) {
    if (seen.has(model.name)) continue
    seen.add(model.name)
    const { checks, triggers } = await liveTable(backend, model)
    for (const { name, clause, columns } of checks) {
      const field = model.fields.find(({ column }) => columns.includes(column))?.name ?? null
      const message = `the database checks ${clause} (${name}); a row that breaks it ends the run`
      notes.push(
        problem(
          'asked by the database',
          source,
          model.name,
          field,
          message,
          `set: { ${field ?? '…'}: (row) => … }   // where the facts may break it`,
        ),
      )
    }
    if (triggers.length === 0) continue
    const message = `each row that is written sets off ${triggers.join(', ')}; what a trigger writes elsewhere is the site's, and 'reset' leaves it`
    notes.push(problem('trigger', source, model.name, null, message, ''))
  }
  return notes
}
