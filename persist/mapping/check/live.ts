import { type Problem, problem } from '../config/problem.ts'
import { timeColumns } from '../plan/integer-times.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'
import { exampleOf } from '../plan/producers.ts'
import { asKept } from '../sql/integer-times.ts'
import { type LiveTable, liveTable, type Obstacle, readOnly } from '../sql/live-table.ts'
import type { SqlBackend } from '../sql/sql.ts'

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
  const notes =
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
  return { problems, notes }
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
      problems.push(...tableProblems(target, table))
    }
    if (table.kind === null || table.kind === 'view') continue
    for (const each of [...mappedColumns(target, table), ...wantedColumns(target, table, plan)]) {
      const name = `${each.model}.${each.field}`
      if (told.has(name)) continue
      told.add(name)
      problems.push(each)
    }
  }
  return problems
}

function tableProblems({ source, model }: PlannedTarget, { kind, obstacles }: LiveTable): Problem[] {
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
  return obstacles.map((obstacle) => says(...OBSTACLES[obstacle](model.table)))
}

const OBSTACLES: Readonly<Record<Obstacle, (table: string) => [message: string, paste: string]>> = {
  'row security': (table) => [
    `row level security holds for this user in '${table}': COPY is refused, and rows would be hidden from 'verify' and 'reset'`,
    `a URL of the table's owner, or of a role with BYPASSRLS`,
  ],
  'no partition': (table) => [
    `'${table}' is partitioned and has no partition, so no row can go there`,
    `CREATE TABLE "${table}_rest" PARTITION OF "${table}" DEFAULT;`,
  ],
  'may not insert': (table) => [`this user may not insert into '${table}'`, `GRANT INSERT ON "${table}" TO …;`],
  'may not read': (table) => [`this user may not read '${table}'`, `GRANT SELECT ON "${table}" TO …;`],
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
      : `ALTER TABLE "${model.table}" ALTER COLUMN "${column}" SET DEFAULT …;   // the Prisma schema does not say this column`
    return [problem('not in the database', source, model.name, field?.name ?? column, message, paste)]
  })
}
