import { LEDGER } from '../ledger/tables.ts'
import { problem } from './drafts.ts'
import { matchFields } from './lookups.ts'
import { type Field, uniquesOf } from './metadata.ts'
import type { Plan, PlannedColumn, PlannedTarget } from './plan.ts'
import { lengthOf } from './planner.ts'
import type { Problem } from './problem.ts'
import { type SourceColumn, sourceOf } from './sources.ts'

/** What a plan would run into, found from the metadata alone. */
export function checkPlan(plan: Plan): Problem[] {
  const targets = [...plan.lookups.values(), ...plan.targets]
  return [
    ...ledgerProblems(plan),
    ...targets.flatMap((target) => target.all.flatMap((column) => columnProblems(target, column))),
    ...plan.targets.flatMap((target) => [
      ...uniqueProblems(target),
      ...foundAgain(target),
      ...lostValues(plan, target),
    ]),
    ...[...plan.lookups.values()].flatMap(lookupProblems),
    ...doubled(plan),
  ]
}

/** The ledger's models must be in the schema: tables that it does not know look like drift to Prisma. */
function ledgerProblems({ metadata }: Plan): Problem[] {
  return Object.values(LEDGER).flatMap((shape) => {
    const model = metadata.models.find(({ table }) => table === shape.table)
    if (!model) {
      const message = `the ledger's table '${shape.table}' has no model: without it no run can be resumed, extended or removed`
      return [
        problem(
          'missing ledger',
          null,
          shape.table,
          null,
          message,
          'npx mingle init   # adds mingle.prisma, then: npx prisma migrate dev',
        ),
      ]
    }
    const missing = Object.keys(shape.columns).filter(
      (column) => !model.fields.some((field) => field.column === column),
    )
    return missing.map((column) =>
      problem(
        'missing ledger',
        null,
        model.name,
        column,
        `the ledger's column '${column}' is missing`,
        'npx mingle init   # writes mingle.prisma anew',
      ),
    )
  })
}

const TYPES: Readonly<Record<string, readonly string[]>> = {
  text: ['String'],
  json: ['Json', 'String'],
  time: ['DateTime'],
  date: ['DateTime', 'String'],
  float: ['Float', 'Decimal'],
  int: ['Int', 'BigInt', 'Float', 'Decimal', 'Boolean'],
  id: ['String', 'Int', 'BigInt'],
}

function columnProblems(target: PlannedTarget, column: PlannedColumn): Problem[] {
  const { producer, field } = column
  const says = (code: Problem['code'], message: string, paste: string) => [
    problem(code, target.source, target.model.name, field.name, message, paste),
  ]
  if (field.list)
    return says('wrong type', 'lists of scalars are not filled', `leave '${field.name}' out, or use a Json field`)
  if (producer.from === 'constant')
    return enumProblem(column, [producer.value], says, () => `set: { ${field.name}: '${firstOf(column)}' }`)
  if (producer.from === 'key') return keyProblems(column, says)
  if (producer.from !== 'column') return []
  const facts = sourceOf(target.source).columns[producer.column]!
  if (producer.values) return translationProblems(target, column, facts, says)
  if (field.enum) {
    const words = facts.values ?? []
    if (words.length === 0)
      return says(
        'wrong type',
        `'${producer.column}' is any text, but the field is one of ${field.type}`,
        `set: { ${field.name}: '${firstOf(column)}' }`,
      )
    return enumProblem(column, wanted(target, producer.column, words), says, () =>
      translation(column, producer.column, words),
    )
  }
  if (!TYPES[facts.kind]!.includes(field.type)) {
    const made = { text: "''", json: '{}', time: 'new Date(0)', date: 'new Date(0)', float: '0', int: '0', id: '0' }[
      facts.kind
    ]
    return says(
      'wrong type',
      `'${producer.column}' holds ${facts.kind}, the field is ${field.type}`,
      `set: { ${field.name}: (row) => /* ${field.type} from row.${producer.column} */ ${made} }`,
    )
  }
  return [
    ...lengthProblems(column, facts, producer.column, says),
    ...(facts.nullable && field.required
      ? says(
          'wrong type',
          `'${producer.column}' may be empty, the field is required`,
          `set: { ${field.name}: (row) => row.${producer.column} ?? '' }`,
        )
      : []),
  ]
}

type Says = (code: Problem['code'], message: string, paste: string) => Problem[]

function lengthProblems(column: PlannedColumn, facts: SourceColumn, name: string, says: Says): Problem[] {
  const { field, cut } = column
  const longest = facts.longest ?? (facts.kind === 'json' ? 1000 : undefined)
  const length = lengthOf(field)
  if (length !== null && longest !== undefined && longest > length && cut === null) {
    return says(
      'value too long',
      `'${name}' has up to ${longest} characters, the field takes ${length}`,
      `{ truncate: ['${field.name}'] }`,
    )
  }
  if (facts.greatest === undefined) return []
  const greatest = greatestOf(field)
  if (greatest === null || facts.greatest <= greatest) return []
  return says(
    'value out of range',
    `'${name}' reaches ${facts.greatest}, the field takes ${greatest}`,
    `set: { ${field.name}: (row) => Math.min(${greatest}, row.${name}) }`,
  )
}

/** The greatest number that a column takes; null when it is beyond what facts hold. */
function greatestOf(field: Field): number | null {
  const [type, precision, scale] = field.native ?? []
  if (type === 'Decimal' || type === 'Numeric') return 10 ** (Number(precision ?? 65) - Number(scale ?? 0)) - 1
  if (type === 'SmallInt') return 32_767
  if (type === 'TinyInt') return 127
  return null
}

function keyProblems({ field, producer }: PlannedColumn, says: Says): Problem[] {
  if (producer.from !== 'key') return []
  const { rule } = producer
  const text = field.type === 'String'
  if (rule.kind === 'text' && !text)
    return says('wrong type', `the row it refers to has a text key, the field is ${field.type}`, `${field.name} String`)
  const length = lengthOf(field)
  const needed = rule.kind === 'text' ? { uuid: 36, cuid: 25, cuid2: 24, ulid: 26, nanoid: 21 }[rule.form] : 0
  if (length !== null && length < needed)
    return says(
      'value too long',
      `the key has ${needed} characters, the field takes ${length}`,
      `{ key: 'nanoid' }, or @db.VarChar(${needed})`,
    )
  if (rule.kind !== 'text' && field.native?.[0] === 'SmallInt')
    return says('value out of range', 'numbers of rows go beyond 32767', `${field.name} Int`)
  return []
}

function wanted(target: PlannedTarget, column: string, words: readonly string[]): readonly string[] {
  const only = (target.target.options.where as Record<string, unknown> | undefined)?.[column]
  return only === undefined ? words : words.filter((word) => word === only)
}

function enumProblem(column: PlannedColumn, words: readonly unknown[], says: Says, paste: () => string): Problem[] {
  const { enumValues, field } = column
  if (!enumValues) return []
  const missing = words.filter((word) => word !== null && !(String(word) in enumValues)).map((word) => `'${word}'`)
  if (missing.length === 0) return []
  return says(
    'partial enum',
    `${field.type} has no ${missing.join(', ')}; it has ${Object.keys(enumValues).join(', ')}`,
    paste(),
  )
}

function translationProblems(target: PlannedTarget, column: PlannedColumn, facts: SourceColumn, says: Says): Problem[] {
  if (column.producer.from !== 'column') return []
  const { column: name, values } = column.producer
  const words = wanted(target, name, facts.values ?? (name === 'liked' ? ['0', '1'] : []))
  const missing = words.filter((word) => !values!.has(word)).map((word) => `'${word}'`)
  if (missing.length > 0)
    return says('partial enum', `nothing is said for ${missing.join(', ')}`, translation(column, name, words))
  return enumProblem(column, [...values!.values()], says, () => translation(column, name, words))
}

function translation(column: PlannedColumn, name: string, words: readonly string[]): string {
  const { enumValues, field, producer } = column
  const given = producer.from === 'column' ? producer.values : null
  const pairs = words.map((word) => {
    const now =
      given?.get(word) ??
      (enumValues && word in enumValues
        ? word
        : `…${enumValues ? ` one of ${Object.keys(enumValues).join(' | ')}` : ''}`)
    return `${word}: '${now}'`
  })
  return `${name}: as('${field.name}', { ${pairs.join(', ')} }),`
}

function firstOf({ enumValues }: PlannedColumn): string {
  return Object.keys(enumValues ?? {})[0] ?? '…'
}

/** Every unique of the model must hold more than one fact can share. */
function uniqueProblems(target: PlannedTarget): Problem[] {
  const { model, verb, all, unique, source } = target
  if (verb !== 'insert') {
    const known = uniquesOf(model).some(
      (fields) => fields.length === unique.length && fields.every((name) => unique.includes(name)),
    )
    const filled = unique.every((name) => all.some(({ field }) => field.name === name))
    if (known && filled) return []
    const message = known
      ? `${verb} needs all of ${unique.join(', ')} mapped`
      : `${verb}: [${unique.join(', ')}] is no unique of the model`
    return [
      problem(
        'unique not satisfied',
        source,
        model.name,
        unique[0] ?? null,
        message,
        `@@unique([${unique.join(', ')}])`,
      ),
    ]
  }
  return uniquesOf(model).flatMap((fields) => {
    if (satisfied(target, fields)) return []
    const names = fields.join(', ')
    const pair = source === 'like' && fields.length === 2
    const paste = pair
      ? `to('${model.name}', { low_user_id: '${fields[0]}', high_user_id: '${fields[1]}', … }, { where: { side: 'low' }, fold: ['${fields.join("', '")}'] })`
      : `set: { ${fields.at(-1)}: (row) => \`${fields.at(-1)}-\${row.${target.facts.own[0]}}\` }`
    const message = `no two rows may share ${names}, but two '${source}' facts can`
    return [problem('unique not satisfied', source, model.name, fields.at(-1)!, message, paste)]
  })
}

function satisfied({ all, facts, model, target }: PlannedTarget, fields: readonly string[]): boolean {
  const columns: string[] = []
  for (const name of fields) {
    const column = all.find(({ field }) => field.name === name)
    const field = model.fields.find((candidate) => candidate.name === name)!
    // Left out: NULLs differ from one another, and so do values that the database makes.
    if (!column && (!field.required || field.default !== null)) return true
    if (!column) return true // Said already: unmapped.
    const { producer } = column
    // A function answers for itself.
    if (producer.from === 'function' || producer.from === 'returned') return true
    if (producer.from === 'column' && injective(producer.values) && column.cut === null) columns.push(producer.column)
    if (producer.from === 'find' && injective(producer.find.values)) columns.push(producer.column)
    if (producer.from === 'key') columns.push(...producer.columns)
  }
  if (target.most !== undefined && target.most > 1)
    return columns.length > 0 && fields.length === 1 && model.primaryKey[0] === fields[0]
  const own = facts.keys.some((key) => key.every((column) => columns.includes(column)))
  return own
}

/** Whether different values stay different. */
function injective(values: ReadonlyMap<string, unknown> | null): boolean {
  return values === null || new Set(values.values()).size === values.size
}

function foundAgain({ selector, source, model }: PlannedTarget): Problem[] {
  if (selector) return []
  const message =
    'no field holds the key of the row or of a row it belongs to, so a run could not be removed or verified'
  return [
    problem(
      'not found again',
      source,
      model.name,
      null,
      message,
      `id: '${model.primaryKey[0] ?? 'id'}', or map a person's id`,
    ),
  ]
}

/** A dislike that looks like a like. */
function lostValues(plan: Plan, target: PlannedTarget): Problem[] {
  if (target.source !== 'like' || target.verb === 'update' || target.target.kind !== 'to') return []
  const tells = target.all.some(
    ({ producer }) =>
      (producer.from === 'column' && (producer.column === 'action' || producer.column === 'liked')) ||
      producer.from === 'function',
  )
  const where = (target.target.options.where ?? {}) as Record<string, unknown>
  if (tells || 'action' in where || 'liked' in where || plan.targets.length === 0) return []
  const message = "dislikes and likes become the same rows, since 'action' goes nowhere"
  const open = target.model.fields.find((field) => field.enum && !target.all.some((column) => column.field === field))
  const paste = open
    ? `action: as('${open.name}', { LIKE: '…', DISLIKE: '…' }),`
    : "{ where: { action: 'LIKE' } }, or action: '…'"
  return [problem('lost value', 'like', target.model.name, open?.name ?? null, message, paste)]
}

function lookupProblems(target: PlannedTarget): Problem[] {
  const { model, source } = target
  if (model.primaryKey.length !== 1) {
    return [
      problem(
        'no key',
        source,
        model.name,
        null,
        'lookup rows need a key of one field',
        `id Int @id @default(autoincrement())`,
      ),
    ]
  }
  if (matchFields(target).length > 0) return []
  const name = Object.keys(target.facts.columns).find((column) => column === 'name' || column === 'slug') ?? 'position'
  return [
    problem(
      'unmapped required field',
      source,
      model.name,
      name,
      'nothing tells which row is which',
      `${name}: '…', with { match: '…' }`,
    ),
  ]
}

/** One person, two rows of one model. */
function doubled({ targets }: Plan): Problem[] {
  const user = targets.filter(({ source, verb }) => source === 'user' && verb === 'insert')
  return targets
    .filter(
      ({ source, verb, model }) =>
        source === 'profile' && verb === 'insert' && user.some((other) => other.model.name === model.name),
    )
    .map(({ model }) =>
      problem(
        'two rows for one',
        'profile',
        model.name,
        null,
        `'user' makes a ${model.name} for each person already`,
        `move the fields of 'profile' into user: to('${model.name}', { … })`,
      ),
    )
}
